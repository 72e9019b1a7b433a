import ArgumentParser
import Deployment
import Foundation
import Metering
import Secrets
import Simulation

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A year of five sample households, the night of 20 February 2026 over it, and the page to open.")

    private static let first = LocalDate(year: 2025, month: 2, day: 1)
    private static let end = LocalDate(year: 2026, month: 2, day: 21)
    private static let asOf = "2026-02-20T18:00:00+05:30"

    @Flag(help: "Only lets an administrator 'demo' in, with a new password, and says it.")
    var account = false

    func run() async throws {
        if account { return try await Self.letIn() }
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

    /// The password is told once and nowhere kept.
    private static func letIn() async throws {
        let stores = try await Stores.open(Settings.load())
        let password = String(try Token(.session).text.suffix(16))
        let hash = try PasswordHash.hash(password)
        if let known = try await stores.accounts.person(named: name) {
            try await stores.accounts.setPassword(hash, of: known.id, at: AsOf.now.instant)
        } else {
            _ = try await stores.accounts.add(
                name: name, email: "demo@example.org", passwordHash: hash, household: nil, at: AsOf.now.instant)
        }
        Console.say("Log in as \(name) with the password \(password)")
    }

    private static let name = "demo"
}
