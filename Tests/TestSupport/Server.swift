import Foundation

/// A server that a test starts: it says on its standard output when it is ready, and ends with the test.
package final class Server: Sendable {
    private let process: Process
    private let output: Pipe

    /// - Parameters:
    ///   - program: a path.
    ///   - ready: what a line of its output begins with when it is ready; the number behind it is its port.
    package init(_ program: String, _ arguments: [String], ready: String) throws {
        process = Process()
        output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        port = try Self.port(from: output.fileHandleForReading, after: ready)
    }

    package let port: Int

    private static func port(from handle: FileHandle, after ready: String) throws -> Int {
        var text = ""
        var told = ""
        while let more = try handle.read(upToCount: 1), !more.isEmpty {
            text += String(decoding: more, as: UTF8.self)
            guard text.hasSuffix("\n") else { continue }
            if let found = text.range(of: ready), let port = Int(text[found.upperBound...].prefix { $0.isNumber }) {
                return port
            }
            told += text
            text = ""
        }
        throw ServerError(message: "the server ended before it was ready: \(told)\(text)")
    }

    /// Ends it at once and for certain: a child of a test may have been born with the polite signal blocked.
    package func stop() {
        kill(process.processIdentifier, SIGKILL)
    }
}

package struct ServerError: Error, CustomStringConvertible {
    let message: String
    package var description: String { message }
}
