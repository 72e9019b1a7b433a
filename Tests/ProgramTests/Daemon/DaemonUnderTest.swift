import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// The real daemon on a database of the test's: started, killed, and started again at the same port.
final class DaemonUnderTest: Sendable {
    /// What it answered to a request.
    struct Answer {
        let status: Int
        let body: String

        func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
            do { return try JSONDecoder().decode(type, from: Data(body.utf8)) } catch {
                throw Fault(message: "\(status): \(body) is no \(type): \(error)")
            }
        }
    }

    struct Fault: Error, CustomStringConvertible {
        let message: String
        var description: String { message }
    }

    /// Its spool, its log and its pages lie here.
    let folder: TemporaryFolder
    private let environment: [String: String]
    private let arguments: [String]
    private let state = Mutex<(process: Process?, port: Int)>((nil, 0))

    /// - Parameters:
    ///   - settings: what the environment says besides, without the prefix `WATTBUDDY_`.
    ///   - certificate: nil is plain http.
    init(
        on database: Database.Configuration, settings: [String: String] = [:], certificate: ServerCertificate? = nil
    ) throws {
        folder = try TemporaryFolder()
        var environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder.path, "WATTBUDDY_DATABASE_URL": database.conninfo,
            "WATTBUDDY_TEMPLATES": repository.appending(path: "Templates").path(percentEncoded: false),
            "WATTBUDDY_OUTPUT": folder.path + "/Output", "WATTBUDDY_DAEMON_SPOOL": folder.path + "/spool",
        ]
        environment["WATTBUDDY_DATABASE_SCHEMA"] = database.schema
        for (name, value) in settings { environment["WATTBUDDY_\(name)"] = value }
        self.environment = environment
        arguments = certificate.map { ["--tls-cert", $0.certificate, "--tls-key", $0.key] } ?? []
    }

    var port: Int { state.withLock(\.port) }

    func url(_ path: String) -> String {
        "\(arguments.isEmpty ? "http" : "https")://localhost:\(port)\(path)"
    }

    /// Returns when it answers requests.
    func start() throws {
        let (next, output) = (Process(), Pipe())
        next.executableURL = Program.products.appending(path: "wattbuddyd")
        next.arguments = arguments + ["--port", "\(port)"]
        next.environment = environment
        next.currentDirectoryURL = folder.url
        next.standardInput = FileHandle.nullDevice
        next.standardOutput = output
        next.standardError = try logFile()
        try next.run()
        var told = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte.first != 10 {
            told += String(decoding: byte, as: UTF8.self)
        }
        guard let port = told.firstMatch(of: /^listening on port (\d+)/).flatMap({ Int($0.1) }) else {
            throw Fault(message: "the daemon said '\(told)' and \(try log)")
        }
        state.withLock { $0 = (next, port) }
    }

    private func logFile() throws -> FileHandle {
        let url = folder.url.appending(path: "log")
        if !FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) { try Data().write(to: url) }
        let file = try FileHandle(forWritingTo: url)
        try file.seekToEnd()
        return file
    }

    /// What it logged in all its runs.
    var log: String { get throws { try folder.text("log") } }

    /// Ends it with `kill -9`, and returns when it is gone.
    func crash() {
        state.withLock { state in
            guard let ending = state.process else { return }
            kill(ending.processIdentifier, SIGKILL)
            ending.waitUntilExit()
            state.process = nil
        }
    }

    func stop() {
        crash()
        folder.remove()
    }

    /// - Parameter token: of a person or a device; nil shows none.
    func ask(_ path: String, posting body: String? = nil, as token: String? = nil) throws -> Answer {
        var arguments = ["--silent", "--show-error", "--insecure", "--max-time", "30", "--write-out", "\n%{http_code}"]
        if let token { arguments += ["--header", "Authorization: Bearer \(token)"] }
        if let body { arguments += ["--header", "Content-Type: application/json", "--data-binary", body] }
        let run = try Program.run(URL(filePath: "/usr/bin/curl"), arguments + [url(path)])
        guard run.status == 0, let end = run.output.lastIndex(of: "\n") else {
            throw Fault(message: "\(path): \(run.errors) \(try log)")
        }
        return Answer(
            status: Int(run.output[run.output.index(after: end)...]) ?? 0, body: String(run.output[..<end]))
    }

    /// Runs `wattbuddy` on the same database; gives back what it said, as names and values.
    @discardableResult
    func wattbuddy(_ arguments: String..., password: String? = nil) throws -> [String: String] {
        var environment = environment
        environment["WATTBUDDY_NEW_PASSWORD"] = password
        let run = try Program.run(
            Program.products.appending(path: "wattbuddy"), arguments, environment: environment, in: folder.url)
        guard run.status == 0 else { throw Fault(message: "wattbuddy \(arguments): \(run.errors)") }
        let lines = run.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        return Dictionary(uniqueKeysWithValues: lines.filter { $0.count == 2 }.map { ($0[0], $0[1]) })
    }
}
