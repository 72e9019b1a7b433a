import ArgumentParser
import Deployment
import Foundation
import Metering
import Simulation

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A year of five sample households, the night of 20 February 2026 over it, and the page to open.")

    private static let first = LocalDate(year: 2025, month: 2, day: 1)
    private static let end = LocalDate(year: 2026, month: 2, day: 21)
    private static let asOf = "2026-02-20T18:00:00+05:30"

    func run() async throws {
        guard let first = Self.first, let end = Self.end else { preconditionFailure("both are days of the calendar") }
        let settings = try await Settings.load()
        let stores = try await Stores.open(settings)
        for home in SimulatedHome.samples {
            try await SampleLoader(stores: stores, seed: 2026).load(home, from: first, to: end)
        }
        try await Nightly.run(try JobOptions.parse(["--as-of", Self.asOf]), settings, stores)
        let index = URL(filePath: settings.output).standardizedFileURL.appending(path: "index.html")
        Console.say("Open \(index.path(percentEncoded: false))")
    }
}
