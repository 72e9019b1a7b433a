import Foundation

/// Where the server's programs are installed.
struct ServerPrograms {
    private let directory: String

    private static let oldest = 15

    /// - Parameter version: the major version that the data needs; nil for the newest that is installed.
    init(for version: Int?) throws {
        let root = "/usr/lib/postgresql"
        let installed = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap(Int.init)
        let fitting = installed.filter { number in
            number >= Self.oldest && version.map { $0 == number } ?? true
                && FileManager.default.isExecutableFile(atPath: "\(root)/\(number)/bin/postgres")
        }
        if let newest = fitting.max() {
            directory = "\(root)/\(newest)/bin"
        } else if let found = Self.onPath() {
            directory = found
        } else {
            let wanted = version.map(String.init) ?? "\(Self.oldest) or newer"
            throw PostgresError(
                .cluster, "PostgreSQL \(wanted) is not installed; install it with: apt-get install postgresql")
        }
    }

    private static func onPath() -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map(String.init).first { directory in
            ["postgres", "initdb", "pg_ctl"].allSatisfy {
                FileManager.default.isExecutableFile(atPath: directory + "/" + $0)
            }
        }
    }

    func path(_ program: String) -> String {
        directory + "/" + program
    }
}
