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
        let spread = ahead[last].sum > 0 ? ahead[last].spread * expected / ahead[last].sum : ahead[last].spread
        let scores = calibration.scores(days: Double(days.count) - (days.lowerBound == 0 ? elapsed : 0))
        return PeriodOutlook(
            period: period, expected: soFar + Self.energy(expected),
            quantiles: scores.map { soFar + Self.energy(expected + $0 * spread) })
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

    private static func energy(_ kilowattHours: Double) -> Energy {
        Energy(kilowattHours: max(0, kilowattHours)) ?? .zero
    }
}

extension PeriodOutlook {
    /// A period of which no day is to come.
    fileprivate static func certain(_ period: BillingPeriod, _ total: Energy) -> PeriodOutlook {
        PeriodOutlook(
            period: period, expected: total, quantiles: Array(repeating: total, count: Calibration.shares.count))
    }
}
