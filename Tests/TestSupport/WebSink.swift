import Foundation

/// A web server of the test's own that keeps what is posted to it.
package struct WebSink: Sendable {
    private let folder: TemporaryFolder
    private let server: Server

    /// - Parameter statuses: what it answers, one after the other; the last one stays.
    package init(answering statuses: Int...) throws {
        folder = try TemporaryFolder()
        let script = repository.appending(path: "Tests/TestSupport/web_sink.py").path(percentEncoded: false)
        server = try Server(
            "/usr/bin/python3",
            [script, folder.path, (statuses.isEmpty ? [202] : statuses).map(String.init).joined(separator: ",")],
            ready: "ready ")
    }

    package var url: String { "\(root)/v1/readings" }
    package var root: String { "http://127.0.0.1:\(server.port)" }

    /// The bodies so far, each after a line with its type and token.
    package var bodies: [String] {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return try (1..<names.count + 1).map { try folder.text("\($0).body") }
        }
    }

    package func stop() {
        server.stop()
        folder.remove()
    }
}
