import Foundation
import TestSupport

/// Stands between devices and the daemon, so that it is known what the daemon answered to whom.
struct RecordingProxy: Sendable {
    struct Exchange: Decodable, Sendable {
        let token: String
        let status: Int
        let stored: Int
        let boot_id: Int64
        let seq: Int64
        let register_mwh: Int64
    }

    private let folder: TemporaryFolder
    private let server: Server
    private let waiting = DispatchQueue(label: "RecordingProxy")

    /// - Parameter port: the daemon's.
    init(to port: Int) throws {
        folder = try TemporaryFolder()
        let script = repository.appending(path: "Tests/ProgramTests/Daemon/recording_proxy.py")
        server = try Server(
            "/usr/bin/python3", [script.path(percentEncoded: false), "\(port)", folder.path + "/exchanges"],
            ready: "ready ")
    }

    var url: String { "http://localhost:\(server.port)" }

    /// All that happened so far, in its order.
    var exchanges: [Exchange] {
        get throws {
            try folder.text("exchanges").split(separator: "\n").map {
                try JSONDecoder().decode(Exchange.self, from: Data($0.utf8))
            }
        }
    }

    /// Returns when each of the devices has been told so many times, from now on, that its reading is safe.
    func wait(untilStored count: Int, forEachOf tokens: [String]) async throws {
        var missing = Dictionary(uniqueKeysWithValues: tokens.map { ($0, count) })
        while !missing.isEmpty {
            let words = try await nextLine().split(separator: " ").map(String.init)
            guard words.count == 4, words[2] == "200", words[3] != "0", let left = missing[words[1]] else { continue }
            missing[words[1]] = left > 1 ? left - 1 : nil
        }
    }

    private func nextLine() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            waiting.async { continuation.resume(with: Swift.Result { try server.nextLine() }) }
        }
    }

    func stop() {
        server.stop()
        folder.remove()
    }
}
