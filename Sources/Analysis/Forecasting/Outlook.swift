import Metering

/// Sums of days to come, with how far they may be off.
struct Outlook {
    private let ahead: [DayAhead]
    private let elapsed: Double
    private let calibration: Calibration

    init(_ ahead: [DayAhead], elapsed: Double, calibration: Calibration) {
        self.ahead = ahead
        self.elapsed = elapsed
        self.calibration = calibration
    }

    /// - Parameter days: of the period, counted from today; those before today are in `soFar`.
    func outlook(of period: BillingPeriod, soFar: Energy, days: Range<Int>) -> PeriodOutlook {
        guard let last = days.last else { return .certain(period, soFar) }
        let before = days.lowerBound > 0 ? ahead[days.lowerBound - 1].sum : 0
        let expected = ahead[last].sum - before
        // A later period errs by its share of the whole sum's spread.
        let isShare = days.lowerBound > 0 && ahead[last].sum > 0
        let spread = isShare ? ahead[last].spread * expected / ahead[last].sum : ahead[last].spread
        return PeriodOutlook(
            of: period, soFar: soFar, rest: expected, spread: spread,
            daysLeft: Double(days.count) - (days.lowerBound == 0 ? elapsed : 0), by: calibration)
    }

    /// The first `count` days, each with the range of the sum up to its end.
    func days(_ count: Int) -> [Forecast.Day] {
        ahead.prefix(count).enumerated().map { index, day in
            let scores = calibration.scores(days: Double(index + 1) - elapsed)
            return Forecast.Day(
                expected: Self.energy(day.expected),
                low: Self.energy(day.sum + scores[PeriodOutlook.lowPlace] * day.spread),
                high: Self.energy(day.sum + scores[PeriodOutlook.highPlace] * day.spread))
        }
    }

    fileprivate static func energy(_ kilowattHours: Double) -> Energy {
        Energy(kilowattHours: max(0, kilowattHours)) ?? .zero
    }
}

extension PeriodOutlook {
    /// - Parameters:
    ///   - rest: kilowatt-hours that are expected of the days to come.
    ///   - spread: by what the error of that is measured.
    init(
        of period: BillingPeriod, soFar: Energy, rest: Double, spread: Double, daysLeft: Double,
        by calibration: Calibration
    ) {
        self.init(
            period: period, expected: soFar + Outlook.energy(rest),
            quantiles: calibration.scores(days: daysLeft).map { soFar + Outlook.energy(rest + $0 * spread) })
    }

    /// A period of which no day is to come.
    fileprivate static func certain(_ period: BillingPeriod, _ total: Energy) -> PeriodOutlook {
        PeriodOutlook(
            period: period, expected: total, quantiles: Array(repeating: total, count: Calibration.shares.count))
    }
}
