import Analysis
import Foundation
import Metering
import Store

/// Consumption to the forecast of the running billing period, and to unusual days.
struct AnalyseStage: Stage {
    let name = "analyse"

    func run(for household: Household, asOf: Date, in stores: Stores) async throws {
        guard let meter = try await stores.households.mainMeter(of: household),
            let last = try await stores.readings.last(of: meter, knownBy: asOf),
            let first = try await stores.consumption.firstDay(of: meter)
        else { return }
        let clock = household.clock
        let today = clock.date(at: last)
        let series = try await stores.consumption.series(of: meter, from: first, to: today.adding(days: 1))
        let history = DailyHistory(series, before: today)
        let period = household.cycle.period(containing: today)
        let isRunning = period == household.cycle.period(containing: clock.date(at: asOf))
        let forecast = isRunning ? Self.forecast(period, history, series, at: last, on: clock) : nil
        if let forecast { try await stores.analysis.save(forecast, of: meter) }
        try await NightReview(household, meter, asOf: asOf).run(over: series, before: today, in: stores)
    }

    /// From the last reading on: what came after it is not known, whatever the clock says.
    private static func forecast(
        _ period: BillingPeriod, _ history: DailyHistory, _ series: ConsumptionSeries, at last: Date,
        on clock: LocalClock
    ) -> Forecast? {
        let today = clock.date(at: last)
        let span = clock.period(of: today)
        let soFar = series.total(from: period.first, to: today.adding(days: 1))?.energy ?? .zero
        return Forecast(
            of: period, from: history, soFar: soFar, today: today,
            elapsed: last.timeIntervalSince(span.lowerBound) / span.seconds)
    }
}
