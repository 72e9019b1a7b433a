import Foundation
import Metering
import TestSupport
import Testing

struct CalendarTests {
    @Test func everyDayOfFourHundredYearsCountsBackAndForth() {
        for count in -80_000...80_000 where LocalDate(daysSince1970: count).daysSince1970 != count {
            Issue.record("day \(count) comes back as another")
        }
        #expect(LocalDate(daysSince1970: 0).description == "1970-01-01")
        #expect(LocalDate("2024-02-29").adding(days: 366).description == "2025-03-01")
        #expect(LocalDate("2026-02-20").weekday == 4)
    }

    @Test(arguments: [
        "2025-02-29", "2025-13-01", "2025-1-01", "25-01-01", "2025-01-01x", "", "2025-00-10",
        "+025-01-01",
    ])
    func whatIsNoDateIsRefused(text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test func aCycleOfTwoMonthsClampsItsAnchorToTheMonthsEnd() {
        let cycle = BillingCycle(months: 2, anchorDay: 31)
        let period = cycle.period(containing: "2025-02-15")
        #expect(period == BillingPeriod(first: "2025-01-31", end: "2025-03-31"))
        #expect(cycle.period(after: period) == BillingPeriod(first: "2025-03-31", end: "2025-05-31"))
        #expect(cycle.period(containing: "2025-01-30").end == "2025-01-31")
    }

    @Test func calendarMonthsAreTheUsualCycle() {
        let period = BillingCycle().period(containing: "2024-02-29")
        #expect(period.first == "2024-02-01")
        #expect(period.lastDay == "2024-02-29")
        #expect(period.dayCount == 29)
    }

    @Test(arguments: [
        ("2025-01-20", "2025-01-01", "2025-02-01"), ("2025-02-05", "2025-02-01", "2025-02-09"),
        ("2025-02-09", "2025-02-09", "2025-03-11"), ("2025-03-10", "2025-02-09", "2025-03-11"),
        ("2025-03-11", "2025-03-11", "2025-04-11"), ("2025-07-10", "2025-06-11", "2025-07-11"),
    ])
    func readingDaysEndPeriodsAndWholeRoundsFollowTheLast(_ day: LocalDate, _ first: LocalDate, _ end: LocalDate) {
        let cycle = BillingCycle(readingDays: ["2025-03-11", "2025-02-09"])
        #expect(cycle.period(containing: day) == BillingPeriod(first: first, end: end))
    }

    @Test func everyDayLiesInOnePeriodAndTheNextBeginsWhereItEnds() {
        let cycles = [
            BillingCycle(months: 2, anchorDay: 31, phase: 1),
            BillingCycle(months: 2, anchorDay: 15, readingDays: ["2024-12-30", "2025-03-02", "2025-04-29"]),
        ]
        for cycle in cycles {
            for number in 0..<900 {
                let day = LocalDate("2024-06-01").adding(days: number)
                let period = cycle.period(containing: day)
                #expect(period.first <= day && day < period.end)
                #expect(cycle.period(after: period).first == period.end)
            }
        }
    }

    @Test func aWallTimeMayNotExistOrComeTwice() throws {
        var wall = WallTime(zone: try #require(TimeZone(identifier: "Europe/Paris")))
        let before = try instant("2007-03-25T00:00:00Z")..<instant("2007-03-25T01:00:00Z")
        #expect(wall.meaning(of: "2007-03-25", secondOfDay: 2 * 3600 + 900) == .skipped(hourBefore: before))
        #expect(
            wall.meaning(of: "2007-10-28", secondOfDay: 2 * 3600 + 1800)
                == .twice(
                    earlier: try instant("2007-10-28T00:30:00Z"), later: try instant("2007-10-28T01:30:00Z")))
        #expect(
            wall.meaning(of: "2007-06-01", secondOfDay: 0)
                == .instant(try instant("2007-05-31T22:00:00Z")))
        #expect(
            wall.meaning(of: "2007-03-25", secondOfDay: 3 * 3600)
                == .instant(try instant("2007-03-25T01:00:00Z")))
    }

    @Test func theDayStartsLaterWhereMidnightIsSkipped() throws {
        let clock = try LocalClock.at("Africa/Cairo")
        #expect(clock.start(of: "2024-04-26") == (try instant("2024-04-25T22:00:00Z")))
        #expect(clock.period(of: "2024-04-26").seconds == 23 * 3600)
    }
}
