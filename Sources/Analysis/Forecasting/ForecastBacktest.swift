package import Metering

/// What would have been forecast for one household's periods that are over, and what came.
///
/// The protocol is that of Forecasting.md: a day counts with half of it measured, a period is judged with 97 % of it
/// measured and 60 measured days before it, and after d of its days nothing of the days that follow is known.
package struct ForecastBacktest: Sendable {
    /// A day as it was measured.
    package struct Day: Hashable, Sendable {
        let date: LocalDate
        /// Put up to the whole day; NaN where less than half of it was measured.
        let kilowattHours: Double
        let coverage: Double

        /// - Parameters:
        ///   - kilowattHours: of the part that was measured.
        ///   - coverage: that part, 0 to 1.
        package init(date: LocalDate, kilowattHours: Double, coverage: Double) {
            self.date = date
            self.kilowattHours = coverage >= DailyHistory.leastCoverage ? kilowattHours / coverage : .nan
            self.coverage = coverage
        }
    }

    /// The days of a month after whose end it is forecast; 0 is the evening before it.
    package static let daysOver = [0, 5, 10, 15, 20, 25]
    private static let leastCoverage = 0.97
    private static let leastDaysBefore = 60

    private let days: [Day]
    private let known: EvenDays
    private let circumstances: Forecast.Circumstances

    /// - Parameter days: in order of time, one for each date.
    package init(_ days: [Day], in circumstances: Forecast.Circumstances) {
        self.days = days
        self.circumstances = circumstances
        let seen = days.filter { !$0.kilowattHours.isNaN }
        known = EvenDays(
            DailyHistory(days: seen.map { DailyHistory.Day(date: $0.date, kilowattHours: $0.kilowattHours) }))
    }

    /// The calendar months of which a day is known, in order of time.
    package var months: [BillingPeriod] {
        var last: LocalMonth?
        return days.compactMap { day in
            let month = day.date.inMonth
            guard month != last else { return nil }
            last = month
            return BillingPeriod(first: month.firstDay, end: month.adding(months: 1).firstDay)
        }
    }

    /// The forecasts of each period that can be judged, after so many of its days.
    ///
    /// - Parameter known: trials that were made from the same days before: only their range is made anew.
    package func trials(
        of periods: [BillingPeriod], after daysOver: [Int] = Self.daysOver, known: [ForecastTrial] = []
    ) -> [ForecastTrial] {
        let made = Dictionary(grouping: known.filter { $0.soFar != nil }, by: \.period)
        return periods.flatMap { period -> [ForecastTrial] in
            guard let total = total(of: period) else { return [] }
            return daysOver.filter { $0 < period.dayCount }.map { over in
                made[period]?.first { $0.daysOver == over }?.ranged(by: circumstances.calibration)
                    ?? trial(of: period, after: over, total: total)
            }
        }
    }

    /// Kilowatt-hours of a period that is judged; nil for others.
    ///
    /// A period without any use is not: there is no share by which an error could be told.
    private func total(of period: BillingPeriod) -> Double? {
        let coverage = days.reduce(0) { $0 + (period.holds($1.date) ? $1.coverage : 0) } / Double(period.dayCount)
        let before = known.values(from: known.first, to: period.first).count { !$0.isNaN }
        guard coverage >= Self.leastCoverage, before >= Self.leastDaysBefore else { return nil }
        let total = whole(from: period.first, to: period.end)
        return total > 0 ? total : nil
    }

    /// What the measured days come to, put up to all of them; 0 where none was measured.
    private func whole(from first: LocalDate, to end: LocalDate) -> Double {
        let measured = known.values(from: first, to: end).filter { !$0.isNaN }
        return measured.isEmpty
            ? 0 : measured.reduce(0, +) * Double(first.days(until: end)) / Double(measured.count)
    }

    private func trial(of period: BillingPeriod, after daysOver: Int, total: Double) -> ForecastTrial {
        let today = period.first.adding(days: daysOver)
        let soFar = Energy(kilowattHours: whole(from: period.first, to: today)) ?? .zero
        let forecast = Forecast(
            of: period, from: known, soFar: soFar, today: today, elapsed: 0, in: circumstances)
        return ForecastTrial(
            of: forecast, after: daysOver, came: Energy(kilowattHours: total) ?? .zero,
            by: circumstances.calibration)
    }
}

extension ForecastBacktest {
    /// What a simple way would have said, and the yardstick by which its errors make ranges.
    package struct BaselineTrial: Sendable {
        package let daysOver: Int
        /// Kilowatt-hours of the period.
        package let mean: Double
        package let soFar: Double
        /// The rest at the mean of the last 28 days, times the home's restlessness.
        package let yardstick: Double
        package let came: Double
    }

    /// The same as ``trials(of:after:)`` by a simple way.
    package func trials(of periods: [BillingPeriod], after daysOver: [Int] = Self.daysOver, by baseline: Baseline)
        -> [BaselineTrial]
    {
        periods.flatMap { period -> [BaselineTrial] in
            guard let total = total(of: period) else { return [] }
            return daysOver.filter { $0 < period.dayCount }.map { over in
                let today = period.first.adding(days: over)
                let before = known.values(from: known.first, to: today)
                let soFar = whole(from: period.first, to: today)
                let left = period.dayCount - over
                let rest = baseline.rest(of: left, after: before, daysOver: over)
                return BaselineTrial(
                    daysOver: over, mean: soFar + rest, soFar: soFar,
                    yardstick: Baseline.last28.rest(of: left, after: before, daysOver: over)
                        * DailyRestlessness(before).factor,
                    came: total)
            }
        }
    }
}

extension BillingPeriod {
    fileprivate func holds(_ day: LocalDate) -> Bool {
        first <= day && day < end
    }
}
