import Foundation

/// Under whose name the server's programs run: one's own, or an ordinary user's when one is root.
struct ServerUser: Sendable {
    /// Nil when the programs run under one's own name.
    private let other: (name: String, user: uid_t, group: gid_t)?

    static func current() throws -> ServerUser {
        guard geteuid() == 0 else { return ServerUser(other: nil) }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name) {
                return ServerUser(other: (name, entry.pointee.pw_uid, entry.pointee.pw_gid))
            }
        }
        throw PostgresError(
            .cluster, "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody'")
    }

    /// Whether the user can reach a folder at `path`: every folder above it that exists must let the user through.
    func mayEnter(_ path: String) -> Bool {
        guard let other else { return true }
        var folder = URL(filePath: path).deletingLastPathComponent()
        while folder.path().count > 1 {
            var status = stat()
            if stat(folder.path(percentEncoded: false), &status) == 0 {
                let isOpen =
                    status.st_mode & 0o001 != 0 || (status.st_uid == other.user && status.st_mode & 0o100 != 0)
                guard isOpen else { return false }
            }
            folder.deleteLastPathComponent()
        }
        return true
    }

    /// Gives a folder to the user.
    func own(_ path: String) throws {
        guard let other else { return }
        guard chown(path, other.user, other.group) == 0 else {
            throw PostgresError(.cluster, "\(path) cannot be given to the user \(other.name)")
        }
    }

    /// Runs a program to its end.
    func run(_ program: String, _ arguments: [String]) throws {
        let name = URL(filePath: program).lastPathComponent
        let command: [String]
        if let other {
            let change = ["--reuid=\(other.user)", "--regid=\(other.group)", "--clear-groups", "--"]
            command = ["/usr/bin/setpriv"] + change + [program] + arguments
        } else {
            command = [program] + arguments
        }
        let (status, output) = try Command.run(command)
        guard status == 0 else { throw PostgresError(.cluster, "\(name) failed: \(output)") }
    }
}
