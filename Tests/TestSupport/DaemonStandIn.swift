package import Foundation

/// The daemon as its pages see it; the test says what happens in the household.
package struct DaemonStandIn: Sendable {
    private let server: Server

    /// - Parameter folder: the pages.
    package init(serving folder: String) throws {
        let script = repository.appending(path: "Tests/TestSupport/daemon_stand_in.py").path(percentEncoded: false)
        server = try Server("/usr/bin/python3", [script, folder], ready: "ready ")
    }

    package func page(_ path: String) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(server.port)/\(path)") else {
            throw ServerError(message: "'\(path)' is no path")
        }
        return url
    }

    /// Something happens, and all that listen hear of it.
    ///
    /// - Parameters:
    ///   - event: `live`, `alert` or `order`.
    ///   - content: as JSON; what it leaves out stays as it was.
    package func send(_ event: String, _ content: String) throws {
        try control("send", #"{"event": "\#(event)", "data": \#(content)}"#)
    }

    /// - Parameter controls: as JSON, of `away`, `closed`, `refuse` and `locale`: see the script.
    package func set(_ controls: String) throws {
        try control("set", controls)
    }

    /// What the pages posted so far, as JSON, without blanks: `[[path, body], …]`.
    package func posts() throws -> String {
        try curl([]).replacing(" ", with: "")
    }

    package func stop() {
        server.stop()
    }

    private func control(_ path: String, _ body: String) throws {
        _ = try curl(["--data-binary", body], path)
    }

    private func curl(_ arguments: [String], _ path: String = "posts") throws -> String {
        let address = try page("control/\(path)").absoluteString
        let run = try Program.run(
            URL(filePath: "/usr/bin/curl"), ["--silent", "--show-error", "--fail"] + arguments + [address])
        guard run.status == 0 else { throw ServerError(message: run.errors) }
        return run.output
    }
}
