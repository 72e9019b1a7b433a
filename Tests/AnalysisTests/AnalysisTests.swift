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

struct ForecastTests {
    private let june = BillingPeriod(first: "2025-06-01", end: "2025-07-01")

    @Test func aHomeThatNeverChangesIsForecastExactly() throws {
        let history = DailyHistory(
            series(from: "2025-01-01", Array(repeating: 8, count: 200)), before: "2025-06-11")
        let forecast = try #require(
            Forecast(
                of: june, from: history, soFar: .kilowattHours(84), today: "2025-06-11", elapsed: 0.5))
        #expect(forecast.expected == .kilowattHours(240))
        #expect(forecast.low == forecast.expected)
        #expect(forecast.high == forecast.expected)
        #expect(forecast.days.count == 20)
        #expect(forecast.tries >= Forecast.leastTries)
    }

    @Test func withoutAKnownDayNothingIsSaid() {
        let history = DailyHistory(
            series(from: "2025-05-01", Array(repeating: nil, count: 40)), before: "2025-06-10")
        #expect(Forecast(of: june, from: history, soFar: .zero, today: "2025-06-10", elapsed: 0) == nil)
    }

    @Test func aShortHistoryGivesAWideRange() throws {
        let history = DailyHistory(series(from: "2025-06-01", [8, 8, 8]), before: "2025-06-04")
        let forecast = try #require(
            Forecast(of: june, from: history, soFar: .kilowattHours(24), today: "2025-06-04", elapsed: 0))
        #expect(forecast.tries < Forecast.leastTries)
        #expect(forecast.high.kilowattHours - forecast.low.kilowattHours > 100)
    }

    @Test func theRangeNeverFallsBelowWhatIsSoFar() throws {
        let used = (0..<200).map { Double($0 % 13) }
        let history = DailyHistory(series(from: "2025-01-01", used), before: "2025-06-28")
        let forecast = try #require(
            Forecast(
                of: june, from: history, soFar: .kilowattHours(150), today: "2025-06-28", elapsed: 0.2))
        #expect(forecast.low >= forecast.soFar)
        #expect(forecast.low <= forecast.expected && forecast.expected <= forecast.high)
    }

    @Test func theFutureIsNotUsed() throws {
        let past = Array(repeating: 8.0, count: 150)
        let known = DailyHistory(series(from: "2025-01-01", past + [99, 99, 99]), before: "2025-05-31")
        let unknown = DailyHistory(series(from: "2025-01-01", past), before: "2025-05-31")
        let may = BillingPeriod(first: "2025-05-01", end: "2025-06-01")
        let one = Forecast(of: may, from: known, soFar: .zero, today: "2025-05-31", elapsed: 0)
        #expect(one == Forecast(of: may, from: unknown, soFar: .zero, today: "2025-05-31", elapsed: 0))
        #expect(one != nil)
    }
}
