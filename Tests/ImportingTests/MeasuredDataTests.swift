import Foundation
import Importing
import Metering
import TestSupport
import Testing

/// Measured data beside the repository, through the reader and the repair.
@Suite(.enabled(if: SharedData.isThere, "the shared measured data are not on this machine"))
struct MeasuredDataTests {
    private func readings(_ file: String, zone: String) throws -> [String: RegisterHistory] {
        let options = ReadingFile.Options(household: "h", zone: try #require(TimeZone(identifier: zone)))
        var source = try ReadingFile(path: SharedData.folder.appending(path: file).path(), options: options)
        _ = try source.survey { _ in }
        var found: [String: [Reading]] = [:]
        while let batch = try source.nextBatch(progress: { _ in }) {
            for piece in batch { found[piece.meter, default: []] += piece.readings }
        }
        return found.mapValues(RegisterHistory.init)
    }

    private func limits(_ history: RegisterHistory) -> RegisterLimits {
        RegisterLimits(cadence: history.cadence ?? 60)
    }

    @Test func theCountersOfAHomeInKonstanzAddUpExactly() throws {
        let clock = LocalClock(zone: try #require(TimeZone(identifier: "Europe/Berlin")))
        let counters = try readings("counters/opsd_residential4_hourly_counters.csv.gz", zone: "Europe/Berlin")
        #expect(counters.count == 9)
        for (name, history) in counters {
            let first = try #require(history.readings.first)
            let last = try #require(history.readings.last)
            let (days, events) = history.days(
                from: clock.date(at: first.at), to: clock.date(at: last.at).adding(days: 1), on: clock,
                limits: limits(history))
            #expect(days.map(\.whole.energy).sum() == last.register - first.register, "\(name)")
            #expect(events.allSatisfy { $0.kind == .gap }, "\(name)")
        }
    }

    @Test func aHomeWithStuckRunsAndAQuarterMissingIsSurvivedAndTold() throws {
        let clock = LocalClock(zone: try #require(TimeZone(identifier: "Europe/London")))
        let history = try #require(try readings("minute/refit_house2_1min.csv.gz", zone: "Europe/London")["main"])
        let first = try #require(history.readings.first)
        let last = try #require(history.readings.last)
        let (days, events) = history.days(
            from: clock.date(at: first.at), to: clock.date(at: last.at).adding(days: 1), on: clock,
            limits: limits(history))
        #expect(days.map(\.whole.energy).sum() == last.register - first.register)
        let missing = events.filter { $0.kind == .gap }.reduce(0) { $0 + $1.period.seconds }
        #expect((0.2...0.3).contains(missing / last.at.timeIntervalSince(first.at)))
        let stuck = events.filter { $0.kind == .stuck }.map { $0.period.seconds / 60 }
        for minutes in [2670.0, 1296, 1187, 795] {
            #expect(stuck.contains { abs($0 - minutes) < 30 }, "\(minutes) minutes")
        }
        #expect(Set(events.map(\.kind)) == [.gap, .stuck])
        #expect(days.filter { $0.whole.coverage.isComplete }.count < days.count * 4 / 5)
    }
}
