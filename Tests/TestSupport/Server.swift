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

    /// Waits for the next line that it says after it was ready.
    package func nextLine() throws -> String {
        guard let line = try Self.line(from: output.fileHandleForReading) else {
            throw ServerError(message: "the server has ended")
        }
        return line
    }

    private static func port(from handle: FileHandle, after ready: String) throws -> Int {
        var told = ""
        while let line = try line(from: handle) {
            if let found = line.range(of: ready), let port = Int(line[found.upperBound...].prefix { $0.isNumber }) {
                return port
            }
            told += line + "\n"
        }
        throw ServerError(message: "the server ended before it was ready: \(told)")
    }

    /// Nil at the end; what is not a whole line then counts as one.
    private static func line(from handle: FileHandle) throws -> String? {
        var bytes = Data()
        while let more = try handle.read(upToCount: 1), !more.isEmpty {
            guard more.first != UInt8(ascii: "\n") else { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
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
