import Analysis
import Foundation
import Metering
import Store

/// Consumption to the forecast of the running billing period, to unusual days, and to a bill that is about to jump.
struct AnalyseStage: Stage {
    let name = "analyse"

    func run(for household: Household, asOf: Date, in stores: Stores) async throws {
        guard let meter = try await stores.households.mainMeter(of: household),
            let last = try await stores.readings.last(of: meter, knownBy: asOf),
            let first = try await stores.consumption.firstDay(of: meter)
        else { return }
        let clock = household.clock
        let today = clock.date(at: last)
        let unreviewed = try await stores.findings.unreviewedFrom(meter)
        let series = try await stores.consumption.series(of: meter, from: first, to: today.adding(days: 1))
        let history = DailyHistory(series, before: today)
        let period = household.cycle.period(containing: today)
        let isRunning = period == household.cycle.period(containing: clock.date(at: asOf))
        let circumstances = Forecast.Circumstances(
            season: Season(in: clock.zone),
            calibration: try await stores.analysis.calibration(before: AsOf(asOf).day),
            conditions: try await stores.households.days(of: household))
        let forecast =
            isRunning ? Self.forecast(household.cycle, history, series, at: last, on: clock, circumstances) : nil
        if let forecast { try await stores.analysis.save(forecast, of: meter) }
        let known = try await stores.analysis.trials(of: meter, until: unreviewed ?? today)
        try await stores.analysis.save(
            Self.trials(household.cycle, before: period, series, circumstances, known), of: meter)
        let told = try await stores.findings.jumps(of: meter, through: today)
        let jumps = try await JumpWatch(household, asOf: asOf, today: today).jumps(told, forecast, series, in: stores)
        try await NightReview(household, meter, asOf: asOf).run(
            over: series, before: today, telling: jumps, unreviewedFrom: unreviewed, in: stores)
    }

    /// From the last reading on: what came after it is not known, whatever the clock says.
    private static func forecast(
        _ cycle: BillingCycle, _ history: DailyHistory, _ series: ConsumptionSeries, at last: Date,
        on clock: LocalClock, _ circumstances: Forecast.Circumstances
    ) -> Forecast {
        let today = clock.date(at: last)
        let period = cycle.period(containing: today)
        let span = clock.period(of: today)
        let soFar = series.total(from: period.first, to: today.adding(days: 1))?.energy ?? .zero
        let days = EvenDays(history)
        let recent = series.days(from: today.adding(days: -profileDays), to: today)
        return Forecast(
            of: period, from: days, soFar: soFar, today: today,
            elapsed: last.timeIntervalSince(span.lowerBound) / span.seconds, next: cycle.period(after: period),
            in: circumstances
        ).explained(
            by: days, HourOfWeekProfile(learning: recent.flatMap(\.hours), on: clock), on: clock, in: circumstances)
    }

    /// Days whose hours tell how the use is spread over the week.
    private static let profileDays = 56

    /// Periods over whose forecasts are compared with what came.
    private static let trialPeriods = 6

    /// What would have been said of the last periods before the running one.
    ///
    /// - Parameter known: trials of earlier nights over days that have not changed since.
    private static func trials(
        _ cycle: BillingCycle, before period: BillingPeriod, _ series: ConsumptionSeries,
        _ circumstances: Forecast.Circumstances, _ known: [ForecastTrial]
    ) -> [ForecastTrial] {
        var periods: [BillingPeriod] = []
        var next = period
        for _ in 0..<trialPeriods {
            next = cycle.period(containing: next.first.adding(days: -1))
            periods.insert(next, at: 0)
        }
        let days = series.days.map { day in
            ForecastBacktest.Day(
                date: day.day, kilowattHours: day.whole.energy.kilowattHours, coverage: day.whole.coverage.share)
        }
        let daysOver = Array(stride(from: 0, to: periods.map(\.dayCount).max() ?? 0, by: 5))
        return ForecastBacktest(days, in: circumstances).trials(of: periods, after: daysOver, known: known)
    }
}
