package import Foundation
import Synchronization

/// A device on this machine: the firmware of `Jobs/devices`, built as a program, with made-up sensors.
///
/// It posts each second, and its first reading comes about two seconds after `start`. A server that takes its connection and
/// never answers holds it for minutes.
package final class Firmware: Sendable {
    /// What flows, in amperes.
    package struct Load: Sendable {
        package var socket1 = 1.5
        package var socket2 = 0.4
        /// Past both relays: a contact that stuck.
        package var uncut = 0.0

        package init(socket1: Double = 1.5, socket2: Double = 0.4, uncut: Double = 0) {
            (self.socket1, self.socket2, self.uncut) = (socket1, socket2, uncut)
        }
    }

    /// Whether it can be built here. `.ci/prepare tests` sees to it.
    package static let isBuildable = FileManager.default.fileExists(
        atPath: repository.appending(path: ".wattbuddy/esphome/installed").path(percentEncoded: false))

    static let folder = repository.appending(path: ".wattbuddy/firmware")

    /// Builds it, once a run; that takes half a minute of work when something in it has changed.
    package static let program = Swift.Result {
        let build = try Program.run(repository.appending(path: "Jobs/devices/build-host"), [])
        guard build.status == 0 else { throw ServerError(message: "the firmware was not built: \(build.errors)") }
        return folder.appending(path: "wattbuddy-host")
    }

    private let place: TemporaryFolder
    private let environment: [String: String]
    private let process = Mutex<Process?>(nil)

    /// - Parameters:
    ///   - userID: the consumer number that the readings carry; none when it is empty.
    ///   - load: nil is a sensor that fails.
    package init(posting url: String, token: String, userID: String = "", load: Load? = Load()) throws {
        _ = try Self.program.get()
        place = try TemporaryFolder()
        environment = [
            "HOME": place.path, "PATH": "/usr/bin:/bin", "WATTBUDDY_URL": url, "WATTBUDDY_TOKEN": token,
            "WATTBUDDY_USER_ID": userID, "WATTBUDDY_LOAD": place.path + "/load",
        ]
        try set(load)
    }

    /// Switches what flows; it is measured within a second. Nil is a sensor that fails.
    package func set(_ load: Load?) throws {
        let text = load.map { "\($0.socket1) \($0.socket2) \($0.uncut)\n" } ?? "no sensor\n"
        try Data(text.utf8).write(to: place.url.appending(path: "load"), options: .atomic)
    }

    /// What survives a power cut: the register and the relays' states, written every five seconds. Nil before the first time.
    package var flash: Data? {
        get throws {
            guard FileManager.default.fileExists(atPath: flashFile.path(percentEncoded: false)) else { return nil }
            return try Data(contentsOf: flashFile)
        }
    }

    /// Puts back an older state of the flash, as if it had not been written since. Not while the device runs.
    package func setFlash(to older: Data) throws { try older.write(to: flashFile) }

    private var flashFile: URL { place.url.appending(path: ".esphome/prefs/wattbuddy-host.prefs") }

    package func start() throws {
        try process.withLock { running in
            let next = Process()
            // Line by line: what a killed program has not written yet is lost.
            next.executableURL = URL(filePath: "/usr/bin/stdbuf")
            next.arguments = ["--output=L", try Self.program.get().path(percentEncoded: false)]
            next.environment = environment
            next.currentDirectoryURL = place.url
            next.standardInput = FileHandle.nullDevice
            next.standardOutput = try place.file("log")
            next.standardError = next.standardOutput
            try next.run()
            running = next
        }
    }

    /// What it logged since its last start.
    package var log: String { get throws { try place.text("log") } }

    /// Ends it as a power cut does, with `kill -9`, and returns when it is gone. `start` is the power's return.
    package func cutPower() {
        process.withLock { running in
            guard let ending = running else { return }
            kill(ending.processIdentifier, SIGKILL)
            ending.waitUntilExit()
            running = nil
        }
    }

    package func stop() {
        cutPower()
        place.remove()
    }
}
