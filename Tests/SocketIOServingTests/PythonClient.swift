import Foundation
import TestSupport

/// The client of Socket.IO in Python, where `.ci/prepare tests` could install it.
enum PythonClient {
    /// What it saw of the server, as it writes it down.
    struct Report: Decodable, Sendable {
        struct Update: Decodable, Equatable, Sendable {
            let power: Int
        }

        struct Refusal: Decodable, Equatable, Sendable {
            struct Details: Decodable, Equatable, Sendable {
                let code: String
            }

            let message: String
            let data: Details?
        }

        let transport: String
        let updates: [Update]
        let answer: [Answer]
        let refused: [Refusal]
        let unknown: [Refusal]
    }

    /// A part of an acknowledgement: a word, or the object that was sent.
    enum Answer: Decodable, Equatable, Sendable {
        case word(String)
        case order(relay: Int, isOn: Bool)

        private enum Key: String, CodingKey {
            case relay, on
        }

        init(from decoder: any Decoder) throws {
            do {
                self = .word(try decoder.singleValueContainer().decode(String.self))
            } catch is DecodingError {
                let order = try decoder.container(keyedBy: Key.self)
                self = .order(
                    relay: try order.decode(Int.self, forKey: .relay), isOn: try order.decode(Bool.self, forKey: .on))
            }
        }
    }

    private static let python = repository.appending(path: ".wattbuddy/clients/bin/python")

    static let isThere = FileManager.default.isExecutableFile(atPath: python.path())

    /// Runs the script; waits without keeping a thread from the server that it talks to.
    static func talk(to url: String, by transports: String) async throws -> Report {
        let process = Process()
        let output = Pipe()
        process.executableURL = python
        process.arguments = [script, url, transports]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        return try JSONDecoder().decode(Report.self, from: output.fileHandleForReading.readToEnd() ?? Data())
    }

    private static var script: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "client.py").path(percentEncoded: false)
    }
}
