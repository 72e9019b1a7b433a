import Analysis
import Foundation
import Metering
import TestSupport
import Testing

/// Whole days from kilowatt-hours, in UTC; nil for a day that nobody saw.
func series(from first: LocalDate, _ kilowattHours: [Double?]) -> ConsumptionSeries {
    let clock = LocalClock(zone: .gmt)
    return ConsumptionSeries(
        kilowattHours.enumerated().map { index, used in
            let day = first.adding(days: index)
            let period = clock.period(of: day)
            let energy = Energy(milliwattHours: Int64((used ?? 0) * 1e6))
            let whole = Consumption(
                over: period, energy: energy, observed: used == nil ? 0 : 86_400, quality: .measured)
            return DayConsumption(
                day: day, hours: [whole], rawMaxMin: nil, readingCount: used == nil ? 0 : 24, peakPower: nil
            )
        })
}

struct UnusualDaysTests {
    @Test func oneWildDayIsFoundWithItsExcess() throws {
        var used = (0..<60).map { 8 + Double($0 % 3) * 0.3 }
        used[50] = 25
        let found = UnusualDays(
            DailyHistory(series(from: "2025-04-01", used.map(Optional.some)), before: "2025-06-01")
        )
        .anomalies(from: "2025-05-01", to: "2025-06-01")
        #expect(found.map(\.day) == ["2025-05-21"])
        #expect(found.map(\.kind) == [.highDay])
        #expect(try #require(found.first).excess > .kilowattHours(16))
    }

    @Test func anOrdinaryHomeIsLeftInPeace() {
        let used = (0..<90).map { 8 + Double($0 * 7 % 11) * 0.2 }
        let found = UnusualDays(
            DailyHistory(series(from: "2025-04-01", used.map(Optional.some)), before: "2025-07-01")
        )
        .anomalies(from: "2025-05-01", to: "2025-07-01")
        #expect(found.isEmpty)
    }

    @Test func aMonthHasAtMostThree() {
        var used = (0..<61).map { _ in Double?(5) }
        for day in [31, 34, 38, 41, 45] { used[day] = 40 }
        let found = UnusualDays(DailyHistory(series(from: "2025-04-01", used), before: "2025-06-01"))
            .anomalies(from: "2025-05-01", to: "2025-06-01")
        #expect(found.count == 3)
    }

    @Test func aDayNobodySawIsNoLowDay() {
        var used = (0..<60).map { _ in Double?(5) }
        used[50] = nil
        let found = UnusualDays(DailyHistory(series(from: "2025-04-01", used), before: "2025-06-01"))
            .anomalies(from: "2025-05-01", to: "2025-06-01")
        #expect(found.isEmpty)
    }
}
