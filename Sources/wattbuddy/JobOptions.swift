import ArgumentParser
import Foundation
import Metering
import Store

/// What every job takes.
struct JobOptions: ParsableArguments {
    @Option(help: "The only clock: nothing after this instant is known (2026-02-20T18:00:00+05:30). Default: now.")
    var asOf: AsOf = .now

    @Option(help: "Only the household with this path name.")
    var household: String?

    @Option(help: "Only this part of the households: I/N, with I from 0 to N-1.")
    var shard: Shard?

    func validate() throws {
        guard household == nil || shard == nil else {
            throw ValidationError("--household and --shard exclude each other")
        }
    }

    /// The households the job is for.
    func households(in stores: Stores) async throws -> HouseholdList {
        guard let household else {
            return try await stores.households.all(shard: shard.map { ($0.index, $0.count) })
        }
        guard let found = try await stores.households.household(named: household) else {
            throw ValidationError("there is no household '\(household)'")
        }
        return HouseholdList(found)
    }
}

/// The instant a job takes for now.
struct AsOf: ExpressibleByArgument {
    let instant: Date
    let defaultValueDescription = "now"

    /// The one place where the clock is read.
    static var now: AsOf { AsOf(Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))) }

    init(_ instant: Date) {
        self.instant = instant
    }

    init?(argument: String) {
        guard let instant = try? Date(argument, strategy: .iso8601) else { return nil }
        self.init(instant)
    }
}

extension AsOf {
    /// The day in UTC, by which the installation's own figures are kept: its households may live in many zones.
    var day: LocalDate { LocalClock(zone: .gmt).date(at: instant) }
}

/// One of several equal parts of the households.
struct Shard: ExpressibleByArgument {
    let index: Int
    let count: Int

    init?(argument: String) {
        let parts = argument.split(separator: "/").map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count > 0, (0..<count).contains(index)
        else {
            return nil
        }
        self.index = index
        self.count = count
    }
}
