import ArgumentParser
import Deployment
import Foundation
import Notices
import Store

struct FindingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finding",
        abstract: "What the nights found, and a person's word that it was fine.",
        discussion: """
            What was fine is no longer shown, and each such word halves the weight of the same kind for that household.
            """,
        subcommands: [List.self, Fine.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows what was found, with its numbers.")

        @OptionGroup var place: Correct.Place

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let (_, meter) = try await place.find(in: stores)
            for stored in try await stores.findings.all(of: meter) {
                let finding = stored.finding
                let fine = stored.fineAt.map { "\tfine since \($0.formatted(.iso8601))" } ?? ""
                Console.say(
                    "\(stored.id)\t\(finding.kind.rawValue)\t\(finding.period.lowerBound.formatted(.iso8601)) to "
                        + "\(finding.period.upperBound.formatted(.iso8601))\t\(finding.kind.notice.title)\(fine)")
            }
        }
    }

    struct Fine: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ok", abstract: "Says that a finding was fine.")

        @OptionGroup var place: Correct.Place

        @Argument(help: "Its number.")
        var id: Int64

        @Option(help: "Who says so.")
        var by: String

        @Option(help: "When it was said. Default: now.")
        var at: AsOf = .now

        func validate() throws {
            guard !by.isEmpty else { throw ValidationError("--by must not be empty") }
        }

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let (_, meter) = try await place.find(in: stores)
            try await stores.findings.judgeFine(id, of: meter, by: by, at: at.instant)
        }
    }
}
