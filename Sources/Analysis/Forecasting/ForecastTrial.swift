package import Metering

/// What was forecast of a period on one of its days, and what came.
package struct ForecastTrial: Hashable, Sendable {
    package let period: BillingPeriod
    /// Days of the period that were over.
    package let daysOver: Int
    /// Used on them; nil in trials of versions that kept none.
    package let soFar: Energy?
    package let expected: Energy
    /// Nine of ten times more came, half of the times, and nine of ten times less.
    package let low: Energy
    package let median: Energy
    package let high: Energy
    package let came: Energy
    /// Kilowatt-hours by which the error is measured.
    package let spread: Double

    package init(
        period: BillingPeriod, daysOver: Int, soFar: Energy? = nil, expected: Energy, low: Energy, median: Energy,
        high: Energy, came: Energy, spread: Double
    ) {
        self.period = period
        self.daysOver = daysOver
        self.soFar = soFar
        self.expected = expected
        self.low = low
        self.median = median
        self.high = high
        self.came = came
        self.spread = spread
    }

    package init(
        of outlook: PeriodOutlook, after daysOver: Int, soFar: Energy? = nil, came: Energy, spread: Double
    ) {
        self.init(
            period: outlook.period, daysOver: daysOver, soFar: soFar, expected: outlook.expected, low: outlook.low,
            median: outlook.median, high: outlook.high, came: came, spread: spread)
    }

    /// The trial of a forecast, with its range by a calibration.
    init(of forecast: Forecast, after daysOver: Int, came: Energy, by calibration: Calibration) {
        self = ForecastTrial(
            of: forecast.current, after: daysOver, soFar: forecast.soFar, came: came, spread: forecast.spread
        ).ranged(by: calibration)
    }

    /// The same with its range by another calibration: all else of it depends on the days alone.
    func ranged(by calibration: Calibration) -> ForecastTrial {
        guard let soFar, period.dayCount > daysOver else { return self }
        let view = PeriodOutlook(
            of: period, soFar: soFar, rest: (expected - soFar).kilowattHours, spread: spread,
            daysLeft: Double(period.dayCount - daysOver), by: calibration)
        return ForecastTrial(
            period: period, daysOver: daysOver, soFar: soFar, expected: expected, low: view.low, median: view.median,
            high: view.high, came: came, spread: spread)
    }

    /// Whether it came within the range that four of five should.
    package var isWithin: Bool {
        low <= came && came <= high
    }

    /// How far the truth lay above what was expected, in spreads.
    package var score: Double {
        spread > 0 ? (came - expected).kilowattHours / spread : 0
    }
}
