package import Foundation
package import Postgres
import Synchronization
import Testing

/// The daemon itself as another process, on a port of its own, with a spool and pages of its own.
package final class DaemonProcess: Sendable {
    private struct Running: Sendable {
        let process: Process
        let port: Int
    }

    private let place: TemporaryFolder
    private let arguments: [String]
    private let environment: [String: String]
    private let running = Mutex<Running?>(nil)

    /// Starts it and returns when it answers.
    ///
    /// - Parameters:
    ///   - settings: what the environment says besides, without the prefix `WATTBUDDY_`.
    ///   - others: what it says besides, with their whole names.
    ///   - database: nil for the running test's own.
    package init(
        _ arguments: [String] = [], settings: [String: String] = [:], others: [String: String] = [:],
        database: Database.Configuration? = nil
    ) throws {
        place = try TemporaryFolder()
        self.arguments = ["--port", "0"] + arguments
        environment = try Self.environment(
            settings, database ?? .ofScratch(), in: place
        ).merging(others) { $1 }
        try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        try start()
    }

    /// What its environment says: for runs that end by themselves too.
    package static func environment(
        _ settings: [String: String], _ database: Database.Configuration, in place: TemporaryFolder
    ) -> [String: String] {
        var all = [
            "DATABASE_URL": database.conninfo, "OUTPUT": place.path + "/Output", "DAEMON_SPOOL": place.path + "/spool",
            "TEMPLATES": repository.appending(path: "Templates").path(percentEncoded: false),
        ]
        all["DATABASE_SCHEMA"] = database.schema
        let named = all.merging(settings) { $1 }.map { ("WATTBUDDY_\($0.key)", $0.value) }
        return Dictionary(uniqueKeysWithValues: named).merging(["PATH": "/usr/bin:/bin"]) { $1 }
    }

    /// The folder of its pages.
    package var output: URL { place.url.appending(path: "Output") }
    package var spool: URL { place.url.appending(path: "spool") }
    package var processIdentifier: Int32 { running.withLock { $0?.process.processIdentifier ?? 0 } }
    package var port: Int { running.withLock { $0?.port ?? 0 } }

    /// Speaks to it as nobody.
    package var client: HTTPClient { get throws { try HTTPClient(port: port) } }

    /// What it logged since its first start.
    package var log: String { get throws { try place.text("log") } }

    package func start() throws {
        let pipe = Pipe()
        let next = Process()
        next.executableURL = Program.products.appending(path: "wattbuddyd")
        next.arguments = arguments
        next.environment = environment
        next.currentDirectoryURL = place.url
        next.standardInput = FileHandle.nullDevice
        next.standardOutput = pipe
        next.standardError = try place.appending("log")
        try next.run()
        let port = try Self.port(from: pipe.fileHandleForReading)
        guard let port else { throw ServerError(message: "the daemon did not start: \(try log)") }
        running.withLock { $0 = Running(process: next, port: port) }
    }

    /// Nil when it ends before it says one.
    private static func port(from handle: FileHandle) throws -> Int? {
        var told = ""
        while let more = try handle.read(upToCount: 1), !more.isEmpty {
            told += String(decoding: more, as: UTF8.self)
            guard told.hasSuffix("\n") else { continue }
            if let found = told.range(of: "listening on port ") {
                return Int(told[found.upperBound...].prefix { $0.isNumber })
            }
        }
        return nil
    }

    /// Ends it as the kernel does when memory is short.
    package func kill9() { end(by: SIGKILL) }

    /// Asks it to stop, and waits.
    ///
    /// - Returns: its exit status.
    package func stop() async -> Int32 {
        await withCheckedContinuation { done in
            DispatchQueue.global().async { done.resume(returning: self.end(by: SIGTERM)) }
        }
    }

    @discardableResult
    private func end(by signal: Int32) -> Int32 {
        guard
            let process = running.withLock({ running in
                defer { running = nil }
                return running?.process
            })
        else { return 0 }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus
    }

    package func signal(_ signal: Int32) { kill(processIdentifier, signal) }

    /// Each holds some connections to the tests' database, which has an end of them.
    private static let turnstile = Turnstile(letting: 6)

    /// Lends a daemon for the time of `body`; what it logs as an error fails the test. A few run at once, the others wait.
    ///
    /// - Parameter expected: what an error may say that the test is about.
    package static func run<Result>(
        _ arguments: [String] = [], settings: [String: String] = [:], others: [String: String] = [:],
        database: Database.Configuration? = nil, expecting expected: String? = nil,
        _ body: (DaemonProcess) async throws -> Result
    ) async throws -> Result {
        await turnstile.enter()
        do {
            let daemon = try DaemonProcess(arguments, settings: settings, others: others, database: database)
            let result = try await daemon.lend(to: body, expecting: expected)
            await turnstile.leave()
            return result
        } catch {
            await turnstile.leave()
            throw error
        }
    }

    private func lend<Result>(
        to body: (DaemonProcess) async throws -> Result, expecting expected: String?
    ) async throws -> Result {
        defer {
            kill9()
            place.remove()
        }
        do {
            let result = try await body(self)
            let faults = try log.split(separator: "\n").filter { line in
                let isExpected = expected.map { line.contains($0) } ?? false
                return !isExpected && (line.contains(" error ") || line.contains(" critical "))
            }
            #expect(faults.isEmpty, "the daemon logged errors")
            return result
        } catch {
            print("the daemon's log: \(try log)")
            throw error
        }
    }
}

extension Database.Configuration {
    fileprivate static func ofScratch() throws -> Database.Configuration { try Database.scratchConfiguration }
}
