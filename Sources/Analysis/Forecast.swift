package import Metering

/// What a billing period will come to: what was used so far, and the rest as the last four weeks went.
///
/// The range comes from the household's own past: the same rule is applied at earlier dates with as many days to go, and
/// the tenth and ninetieth percentile of what came against what was expected bound the rest.
package struct Forecast: Hashable, Sendable {
    package let period: BillingPeriod
    /// The first day that is not over.
    package let today: LocalDate
    /// Used up to now, the part of today included.
    package let soFar: Energy
    package let expected: Energy
    /// Four of five periods end at or above `low` and at or below `high`, nine of ten above `low` alone.
    package let low: Energy
    package let high: Energy
    /// The expected energy of each day from today on.
    package let days: [LocalDate: Energy]
    /// How many past tries the range stands on; below ``leastTries`` it is a wide general one.
    package let tries: Int

    package static let leastTries = 12

    package init(
        period: BillingPeriod, today: LocalDate, soFar: Energy, expected: Energy, low: Energy,
        high: Energy,
        days: [LocalDate: Energy], tries: Int
    ) {
        self.period = period
        self.today = today
        self.soFar = soFar
        self.expected = expected
        self.low = low
        self.high = high
        self.days = days
        self.tries = tries
    }

    /// Nil without a known day in the last four weeks: then nothing can be said.
    ///
    /// - Parameters:
    ///   - history: the household's days before `today`.
    ///   - today: the day that is not over; within the period.
    ///   - elapsed: the share of today that is over, 0 to 1.
    package init?(
        of period: BillingPeriod, from history: DailyHistory, soFar: Energy, today: LocalDate,
        elapsed: Double
    ) {
        guard let rhythm = WeekdayRhythm(history, before: today) else { return nil }
        let dates = (0..<max(0, today.days(until: period.end))).map(today.adding(days:))
        let days = Dictionary(
            uniqueKeysWithValues: dates.map { date in
                (date, Self.energy(rhythm.expected(on: date) * (date == today ? 1 - elapsed : 1)))
            })
        let rest = days.values.sum()
        let ratios = Self.pastRatios(history, before: today, daysToGo: dates.count)
        let range = Self.range(of: ratios)
        self.init(
            period: period, today: today, soFar: soFar, expected: soFar + rest,
            low: soFar + Self.energy(rest.kilowattHours * range.low),
            high: soFar + Self.energy(rest.kilowattHours * range.high), days: days, tries: ratios.count)
    }

    private static func energy(_ kilowattHours: Double) -> Energy {
        Energy(kilowattHours: max(0, kilowattHours)) ?? .zero
    }

    /// What came against what was expected, for spans of `daysToGo` days that ended before `today`.
    private static func pastRatios(_ history: DailyHistory, before today: LocalDate, daysToGo: Int)
        -> [Double]
    {
        guard daysToGo > 0 else { return [] }
        return stride(from: daysToGo, through: 300, by: 3).compactMap { back in
            let start = today.adding(days: -back)
            let came = history.last(daysToGo, before: start.adding(days: daysToGo))
            guard came.count * 5 >= daysToGo * 4, let rhythm = WeekdayRhythm(history, before: start)
            else { return nil }
            let expected = rhythm.expected(on: came.map(\.date))
            return expected > 0 ? came.map(\.kilowattHours).reduce(0, +) / expected : nil
        }
    }

    private static func range(of ratios: [Double]) -> (low: Double, high: Double) {
        guard ratios.count >= leastTries else { return (0.6, 1.5) }
        let sorted = ratios.sorted()
        return (min(1, quantile(0.1, of: sorted)), max(1, quantile(0.9, of: sorted)))
    }

    /// Linear between order statistics (Hyndman and Fan, definition 7).
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}
