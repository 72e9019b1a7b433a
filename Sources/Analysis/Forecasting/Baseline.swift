/// A simple way to foretell days, to compare with.
package enum Baseline: CaseIterable, Sendable {
    case soFar
    case last7, last14, last28, last56
    case lastWeek
    case weekdays
    case lastYear
    case weeklySmoothing
    case holtWinters

    package var name: String {
        switch self {
        case .soFar: "so far / d x days in month (d = 0: last month's mean)"
        case .last7: "mean of the last 7 days"
        case .last14: "mean of the last 14 days"
        case .last28: "mean of the last 28 days"
        case .last56: "mean of the last 56 days"
        case .lastWeek: "last week repeated"
        case .weekdays: "mean of four weeks, by weekday"
        case .lastYear: "last year's days, scaled (else last 28)"
        case .weeklySmoothing: "seasonal exponential smoothing (7), optimised"
        case .holtWinters: "Holt-Winters (7), damped trend, optimised"
        }
    }

    /// Kilowatt-hours of the `count` days that follow.
    ///
    /// - Parameters:
    ///   - days: what came before, NaN where unknown.
    ///   - daysOver: days of the period among them.
    func rest(of count: Int, after days: ArraySlice<Double>, daysOver: Int) -> Double {
        let days = Array(days)
        switch self {
        case .soFar: return Self.mean(days.suffix(daysOver == 0 ? 30 : daysOver)) * Double(count)
        case .last7: return Self.mean(days.suffix(7)) * Double(count)
        case .last14: return Self.mean(days.suffix(14)) * Double(count)
        case .last28: return Self.mean(days.suffix(28)) * Double(count)
        case .last56: return Self.mean(days.suffix(56)) * Double(count)
        case .lastWeek: return Self.weekly(days.suffix(7), count: count)
        case .weekdays: return Self.weekly(days.suffix(28), count: count)
        case .lastYear: return Self.lastYear(days, count: count)
        case .weeklySmoothing: return WeeklySmoothing(Self.filled(days)).rest(of: count)
        case .holtWinters: return HoltWinters.best(of: Self.filled(days)).rest(of: count)
        }
    }

    private static func mean(_ days: some Sequence<Double>) -> Double {
        let known = days.filter { !$0.isNaN }
        return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    }

    /// Each coming day as the mean of the days that lie whole weeks before it.
    private static func weekly(_ days: ArraySlice<Double>, count: Int) -> Double {
        let whole = mean(days)
        let byPlace = (0..<7).map { place in
            let same = stride(from: days.endIndex - 7 + place, through: days.startIndex, by: -7).map { days[$0] }
                .filter { !$0.isNaN }
            return same.isEmpty ? whole : mean(same)
        }
        return (0..<count).reduce(0) { $0 + byPlace[$1 % 7] }
    }

    private static func lastYear(_ days: [Double], count: Int) -> Double {
        let start = days.count - 365
        guard start >= 28 else { return mean(days.suffix(28)) * Double(count) }
        let then = mean(days[start..<min(start + count, days.count)])
        let before = mean(days[(start - 28)..<start])
        guard before > 0 else { return mean(days.suffix(28)) * Double(count) }
        return min(max(then / before, 0.4), 2.5) * mean(days.suffix(28)) * Double(count)
    }

    /// Unknown days filled from a week before, and what comes before the first known day left out.
    private static func filled(_ days: [Double]) -> [Double] {
        var values = Array(days.drop { $0.isNaN }.suffix(730))
        for place in values.indices where values[place].isNaN {
            values[place] = place >= 7 ? values[place - 7] : values[max(0, place - 1)]
        }
        return values
    }
}
