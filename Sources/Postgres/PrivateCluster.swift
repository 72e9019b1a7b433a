import CPostgres
import Filesystem
import Foundation

/// A PostgreSQL cluster of the project's own: reached by a unix socket only, started when it is needed.
///
/// The server refuses to run as root: then its programs run as the user `postgres` (else `nobody`), who owns the cluster.
package struct PrivateCluster: Sendable {
    /// Everything of the cluster lies here: data, socket and log.
    package let directory: String
    private let server: ServerUser

    private static let superuser = "wattbuddy"
    /// A socket's path must fit into 107 bytes (`sockaddr_un`), its name included.
    private static let longestSocketDirectory = 90

    /// - Parameter directory: where the cluster is kept, an absolute path. Where the server's user may not enter it (a
    ///   project of root's in a closed home), it is kept under `/var/lib` instead.
    package init(directory: String) throws {
        server = try ServerUser.current()
        self.directory =
            server.mayEnter(directory) ? directory : "/var/lib/wattbuddy-\(Self.mark(of: directory))"
    }

    /// Makes the cluster when there is none and starts it when it does not run; two processes may do so at once.
    package func ensureRunning() throws {
        if isRunning { return }
        try makeDirectory(directory)
        try FileLock.held(at: directory + "/lock") {
            if isRunning { return }
            let programs = try ServerPrograms(for: version)
            if version == nil { try initialise(with: programs) }
            try makeDirectory(socketDirectory)
            try removeStaleLock()
            try start(with: programs)
        }
    }

    /// Stops the server after it has written everything; nothing happens when it does not run.
    package func stop() throws {
        guard version != nil else { return }
        try FileLock.held(at: directory + "/lock") {
            guard isRunning else { return }
            try server.run(ServerPrograms(for: version).path("pg_ctl"), ["-D", data, "-m", "fast", "-w", "-s", "stop"])
        }
    }

    /// Whether the server takes connections.
    package var isRunning: Bool {
        PQping(conninfo(database: "postgres")) == PQPING_OK
    }

    /// How to reach a database of the cluster.
    package func configuration(database: String, schema: String? = nil) -> Database.Configuration {
        Database.Configuration(conninfo: conninfo(database: database), schema: schema)
    }

    /// Makes the database when it is not there; two processes may do so at once.
    package func ensureDatabase(_ name: String) throws {
        let connection = try Connection(conninfo(database: "postgres"), schema: nil)
        let exists = try connection.first(
            "SELECT true FROM pg_database WHERE datname = \(name)", { (found: Bool) in found })
        guard exists == nil else { return }
        let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
        do { try connection.script("CREATE DATABASE \(quoted)") } catch let error as PostgresError {
            // 42P04, 23505: another process was faster.
            guard [.refused(sqlState: "42P04"), .refused(sqlState: "23505")].contains(error.kind) else { throw error }
        }
    }

    private func conninfo(database: String) -> String {
        "host=\(quoted(socketDirectory)) dbname=\(quoted(database)) user=\(Self.superuser) connect_timeout=10"
    }

    private func quoted(_ value: String) -> String {
        "'" + value.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    private var data: String { directory + "/data" }

    private var socketDirectory: String {
        let beside = directory + "/socket"
        return beside.utf8.count <= Self.longestSocketDirectory ? beside : "/tmp/wattbuddy-\(Self.mark(of: directory))"
    }

    /// The major version of the data, nil when there is none.
    private var version: Int? {
        guard let text = try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8) else { return nil }
        return Int(text.prefix { $0.isNumber })
    }

    /// The folders above are made open, so that the server's user gets through; this one is for that user alone.
    private func makeDirectory(_ path: String) throws {
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            let parent = URL(filePath: path).deletingLastPathComponent()
            try files.createDirectory(at: parent, withIntermediateDirectories: true)
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
            try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        }
        try server.own(path)
    }

    /// In a new directory that is renamed when it is whole: a crash half-way leaves nothing half-made.
    private func initialise(with programs: ServerPrograms) throws {
        let fresh = directory + "/data.new"
        if FileManager.default.fileExists(atPath: fresh) { try FileManager.default.removeItem(atPath: fresh) }
        try server.run(
            programs.path("initdb"),
            [
                "-D", fresh, "-U", Self.superuser, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                "--data-checksums", "--no-instructions",
            ])
        try append(Self.settings(socketDirectory: socketDirectory), to: fresh + "/postgresql.conf")
        try FileManager.default.moveItem(atPath: fresh, toPath: data)
    }

    private static func settings(socketDirectory: String) -> String {
        """

        # WattBuddy: reached by this socket only
        listen_addresses = ''
        unix_socket_directories = '\(socketDirectory.replacing("'", with: "''"))'
        unix_socket_permissions = 0700
        timezone = 'UTC'
        shared_buffers = 256MB
        max_wal_size = 2GB
        wal_compression = on
        max_connections = 200

        """
    }

    private func append(_ text: String, to path: String) throws {
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw PostgresError(.cluster, "\(path) cannot be written")
        }
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// After a crash of the machine the file names a process number that may by now be anybody's.
    private func removeStaleLock() throws {
        let path = data + "/postmaster.pid"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        let number = text.prefix { $0.isNumber }
        let command = try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)
        guard command?.contains(data) != true else { return }
        let socket = socketDirectory + "/.s.PGSQL.5432.lock"
        for stale in [path, socket] where FileManager.default.fileExists(atPath: stale) {
            try FileManager.default.removeItem(atPath: stale)
        }
    }

    /// Tries again while the last processes of a server that was killed still hold its memory.
    private func start(with programs: ServerPrograms) throws {
        let log = directory + "/server.log"
        for attempt in 1... {
            let before = (try? String(contentsOfFile: log, encoding: .utf8))?.utf8.count ?? 0
            do {
                return try server.run(
                    programs.path("pg_ctl"), ["-D", data, "-l", log, "-w", "-s", "-t", "120", "start"])
            } catch let error as PostgresError {
                let told =
                    (try? String(contentsOfFile: log, encoding: .utf8))?.utf8.dropFirst(before) ?? "".utf8.dropFirst(0)
                let lines = String(Substring(told))
                guard lines.contains("pre-existing shared memory block"), attempt < Self.mostAttempts else {
                    throw PostgresError(.cluster, "\(error.message)\n\(lines)")
                }
            }
        }
    }

    private static let mostAttempts = 50

    /// A short name for a path (FNV-1a, 64 bits): the same at every run.
    private static func mark(of path: String) -> String {
        let hash = path.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
