import ArgumentParser
import Deployment
import Foundation
import Metering
import Store

struct Correct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "A person's word about a register: what was judged wrongly, or what was really used.",
        discussion: """
            Readings stay as they came. A correction is dated and named on the pages; the next night reckons the days it
            touches again, and a bill that changes becomes a new revision.
            """,
        subcommands: [Add.self, List.self, Undo.self], defaultSubcommand: Add.self)

    /// Whose register, and whose word.
    struct Place: ParsableArguments {
        @Argument(help: "The household's name in paths.")
        var household: String

        @Option(help: "The meter's name.")
        var meter: String = "main"

        func find(in stores: Stores) async throws -> (household: Household, meter: Meter) {
            guard let found = try await stores.households.household(named: household) else {
                throw ValidationError("there is no household '\(household)'")
            }
            let meters = try await stores.households.meters(of: found)
            guard let chosen = meters.first(where: { $0.name == meter }) else {
                let names = meters.map(\.name).joined(separator: ", ")
                throw ValidationError("--meter: '\(household)' has no meter '\(meter)'; it has \(names)")
            }
            return (found, chosen)
        }
    }

    /// Who says so, why, and since when.
    struct Word: ParsableArguments {
        @Option(help: "Who says so.")
        var by: String

        @Option(help: "Why.")
        var because: String

        @Option(help: "When it was decided. Default: now.")
        var decidedAt: AsOf = .now

        func validate() throws {
            guard !by.isEmpty, !because.isEmpty else { throw ValidationError("--by and --because must not be empty") }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Enters a correction.")

        @OptionGroup var place: Place

        @Option(help: "From when on: 2026-01-05T10:00, in the household's zone, or with an offset.")
        var from: String

        @Option(help: "Until when.")
        var to: String

        @Option(help: "How the readings are to be judged: leave_out, counted, reset, rollback, rollover, replacement.")
        var verdict: String?

        @Option(help: "What was really used, in kWh; for the verdict rollover the figure after the register's last.")
        var kwh: String?

        @OptionGroup var word: Word

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let (household, meter) = try await place.find(in: stores)
            let start = try Self.instant(from, "--from", on: household.clock)
            let end = try Self.instant(to, "--to", on: household.clock)
            guard start < end else { throw ValidationError("--to must lie after --from") }
            let correction = Correction(
                by: word.by, because: word.because, at: word.decidedAt.instant, over: start..<end, try change())
            Console.say("correction \(try await stores.corrections.save(correction, of: meter))")
        }

        private func change() throws -> Correction.Change {
            let energy = try kwh.map { try BillFacts.energy($0, option: "--kwh") }
            guard verdict != nil || energy != nil else { throw ValidationError("say --verdict or --kwh") }
            guard let change = Correction.Change(verdict ?? "consumption", energy) else {
                let known = "leave_out, counted, reset, rollback, rollover (with --kwh), replacement"
                throw ValidationError("--verdict: '\(verdict ?? "")' is none of \(known)")
            }
            return change
        }

        private static func instant(_ text: String, _ option: String, on clock: LocalClock) throws -> Date {
            if let instant = AsOf(argument: text)?.instant { return instant }
            let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
            let time = parts.count == 2 ? parts[1].split(separator: ":").map { Int($0) } : [0, 0]
            guard let first = parts.first, parts.count <= 2, let day = LocalDate(String(first)), time.count == 2,
                let hour = time[0], let minute = time[1], (0..<24).contains(hour), (0..<60).contains(minute)
            else { throw ValidationError("\(option): '\(text)' is not a time like 2026-01-05T10:00") }
            var wall = WallTime(zone: clock.zone)
            switch wall.meaning(of: day, secondOfDay: (hour * 60 + minute) * 60) {
            case .instant(let instant): return instant
            case .twice, .skipped:
                throw ValidationError("\(option): the clocks changed at '\(text)'; say it with its offset, +01:00")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a meter's corrections, those undone as well.")

        @OptionGroup var place: Place

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let (_, meter) = try await place.find(in: stores)
            for stored in try await stores.corrections.all(of: meter) {
                let correction = stored.correction
                let undone = stored.undone.map { ", undone \($0.at.formatted(.iso8601)) by \($0.author): \($0.reason)" }
                Console.say(
                    "\(stored.id)\t\(correction.period.lowerBound.formatted(.iso8601)) to "
                        + "\(correction.period.upperBound.formatted(.iso8601))\t\(correction.change.words)\t"
                        + "\(correction.decidedAt.formatted(.iso8601)) by \(correction.author): \(correction.reason)"
                        + (undone ?? ""))
            }
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says that a correction no longer holds.")

        @OptionGroup var place: Place

        @Argument(help: "Its number.")
        var id: Int64

        @OptionGroup var word: Word

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            let (_, meter) = try await place.find(in: stores)
            try await stores.corrections.undo(
                id, of: meter, by: word.by, because: word.because, at: word.decidedAt.instant)
        }
    }
}

extension Correction.Change {
    fileprivate var words: String {
        switch self {
        case .consumption(let energy): "\(energy.kilowattHours) kWh were used"
        case .ruling(let ruling): "\(ruling)"
        }
    }
}
