package import Foundation
import Postgres

/// A program of the package on its way: run to its end, or started and spoken to.
package enum Program {
    /// How a run ended, and what it said.
    package struct Ending: Sendable {
        package let status: Int32
        package let output: String
        package let errors: String
    }

    /// Runs `wattbuddy` against the running test's database, in a folder of its own.
    ///
    /// - Parameter settings: what the environment says besides, without the prefix `WATTBUDDY_`.
    package static func wattbuddy(_ arguments: String..., settings: [String: String] = [:]) throws -> Ending {
        try wattbuddy(arguments, settings: settings)
    }

    package static func wattbuddy(_ arguments: [String], settings: [String: String] = [:]) throws -> Ending {
        let database = try Database.scratchConfiguration
        var environment = [
            "WATTBUDDY_DATABASE_URL": database.conninfo,
            "WATTBUDDY_TEMPLATES": repository.appending(path: "Templates").path(percentEncoded: false),
        ]
        environment["WATTBUDDY_DATABASE_SCHEMA"] = database.schema
        for (name, value) in settings { environment["WATTBUDDY_\(name)"] = value }
        return try run(products.appending(path: "wattbuddy"), arguments, environment: environment)
    }

    /// Where the build put the programs: beside the tests.
    package static var products: URL {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let isThere = FileManager.default.isExecutableFile(atPath: tests.appending(path: "wattbuddy").path())
        return isThere ? tests : repository.appending(path: ".build/release")
    }

    package static func run(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
    ) throws -> Ending {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin", "HOME": place.path]) { given, _ in given }
        process.currentDirectoryURL = folder ?? place.url
        process.standardInput = FileHandle.nullDevice
        let output = try place.file("output")
        let errors = try place.file("errors")
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        return Ending(
            status: process.terminationStatus, output: try place.text("output"), errors: try place.text("errors"))
    }
}

/// A folder for the time of a test.
package struct TemporaryFolder: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "wattbuddy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    package var path: String { url.path(percentEncoded: false) }

    func file(_ name: String) throws -> FileHandle {
        try Data().write(to: url.appending(path: name))
        return try FileHandle(forWritingTo: url.appending(path: name))
    }

    /// The file's end, to go on writing there.
    func appending(_ name: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: url.appending(path: name).path(percentEncoded: false)) {
            try Data().write(to: url.appending(path: name))
        }
        let file = try FileHandle(forWritingTo: url.appending(path: name))
        try file.seekToEnd()
        return file
    }

    package func text(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }

    /// What is left of it is the system's to remove.
    package func remove() {
        do { try FileManager.default.removeItem(at: url) } catch { print("\(url) stays behind: \(error)") }
    }
}
