import Analysis
import Foundation
import Metering
import TestSupport
import Testing

/// What a finding stands on, and that a watch goes on where another was laid down.
struct FindingEvidenceTests {
    /// An even home of hours: 100 W, 600 W from six to ten in the evening by its clock; `change` says what else.
    private func hours(
        days: Int, in zone: String, from first: LocalDate,
        _ change: (LocalDate, Int) -> (power: Double?, isSeen: Bool)?
    ) throws -> (clock: LocalClock, intervals: [WatchedInterval]) {
        let clock = LocalClock(zone: try #require(TimeZone(identifier: zone)))
        let intervals = (0..<days).flatMap { number -> [WatchedInterval] in
            let day = first.adding(days: number)
            let boundaries = clock.hourBoundaries(of: clock.period(of: day))
            return zip(boundaries, boundaries.dropFirst()).compactMap { start, end in
                let hour = clock.hour(at: start)
                let usual = ((18..<22).contains(hour) ? 600.0 : 100) + Double((number * 7 + hour) % 5)
                let told = change(day, hour) ?? (usual, true)
                return told.isSeen ? WatchedInterval(start..<end, power: told.power, voltage: 230) : nil
            }
        }
        return (clock, intervals)
    }

    private func findings(_ home: (clock: LocalClock, intervals: [WatchedInterval])) -> [NightFinding] {
        var watch = NightWatch(home.clock)
        return home.intervals.flatMap { watch.take($0) } + watch.closeDay()
    }

    @Test(arguments: ["Asia/Kolkata", "Europe/Berlin"])
    func whatRanThroughStandsAgainstTheUsualHours(zone: String) throws {
        // In Berlin the clocks go forward on 29 March 2026, within the picture.
        let home = try hours(days: 62, in: zone, from: "2026-01-27") { day, hour in
            day == "2026-03-29" ? (500 + Double(hour), true) : nil
        }
        let finding = try #require(findings(home).first { $0.kind == .leftOn })
        let evidence = try #require(finding.evidence)
        guard case .steps(let start, let seconds) = evidence.grid else {
            Issue.record("not in steps")
            return
        }
        #expect(seconds == 3600)
        for index in evidence.observed.indices {
            let at = start.addingTimeInterval(Double(index * seconds))
            let usual: Double = (18..<22).contains(home.clock.hour(at: at)) ? 600 : 100
            let low = try #require(evidence.low[index])
            let high = try #require(evidence.high[index])
            #expect(usual...usual + 5 ~= low && usual...usual + 5 ~= high)
            let isDay = home.clock.date(at: at) == "2026-03-29"
            #expect((try #require(evidence.observed[index]) >= 500) == (isDay || usual == 600))
            #expect(evidence.marked.contains(index) == finding.period.contains(at))
        }
    }

    @Test func ofAGapNothingIsTold() throws {
        let home = try hours(days: 40, in: "Asia/Kolkata", from: "2026-01-01") { day, hour in
            day == "2026-02-05" && (4..<20).contains(hour) ? (nil, false) : nil
        }
        let evidence = try #require(findings(home).first { $0.kind == .gap }?.evidence)
        #expect(evidence.marked.count == 16)
        #expect(evidence.marked.allSatisfy { evidence.observed[$0] == nil && evidence.low[$0] != nil })
        #expect(evidence.observed.compactMap { $0 }.allSatisfy { $0 >= 100 }, "never a zero")
    }

    @Test func aDeadMeterIsSeenAtZero() throws {
        let home = try hours(days: 40, in: "Asia/Kolkata", from: "2026-01-01") { day, hour in
            day == "2026-02-05" && (4..<20).contains(hour) ? (0, true) : nil
        }
        let evidence = try #require(findings(home).first { $0.kind == .dead }?.evidence)
        #expect(evidence.marked.allSatisfy { evidence.observed[$0] == 0 })
    }

    @Test func aHighDayStandsBesideTheFortnightBefore() throws {
        let home = try hours(days: 40, in: "Europe/Berlin", from: "2026-01-01") { day, hour in
            day == "2026-02-05" && hour == 3 ? (9000, true) : day == "2026-02-01" ? (nil, false) : nil
        }
        let finding = try #require(findings(home).first { $0.kind == .highDay })
        let evidence = try #require(finding.evidence)
        #expect(evidence.grid == .days(from: "2026-01-21"))
        #expect(evidence.marked == 15..<16)
        #expect(evidence.observed[11] == nil, "1 February was not seen")
        #expect(evidence.observed[15] == (finding.observed * 1000).rounded() / 1000)
        #expect(evidence.low.allSatisfy { $0 == (finding.usual * 1000).rounded() / 1000 })
    }

    @Test func whatFollowsChangesNoEvidence() throws {
        let whole = try hours(days: 62, in: "Asia/Kolkata", from: "2026-01-01") { day, hour in
            day == "2026-02-20" ? (700 + Double(hour), true) : nil
        }
        let early = whole.intervals.filter { whole.clock.date(at: $0.period.lowerBound) <= "2026-02-20" }
        let known = findings((whole.clock, early))
        #expect(!known.isEmpty)
        #expect(Array(findings(whole).prefix(known.count)) == known)
    }

    @Test func aWatchGoesOnWhereAnotherWasLaidDown() throws {
        let home = try hours(days: 90, in: "Europe/Berlin", from: "2026-01-27") { day, hour in
            switch day {
            case "2026-03-20", "2026-04-02": (600 + Double(hour), true)
            case "2026-03-29" where hour < 15: (nil, false)
            case "2026-04-10": (0, true)
            default: nil
            }
        }
        let whole = findings(home)
        #expect(Set(whole.map(\.kind)).count >= 3)
        var watch = NightWatch(home.clock)
        var found: [NightFinding] = []
        var last: LocalDate?
        for interval in home.intervals {
            let day = home.clock.date(at: interval.period.lowerBound)
            if let last, last < day {
                found += watch.closeDay()
                watch = try NightWatch(home.clock, feedback: [], takingUp: try watch.laidDown())
            }
            last = day
            found += watch.take(interval)
        }
        #expect(found + watch.closeDay() == whole)
    }
}
