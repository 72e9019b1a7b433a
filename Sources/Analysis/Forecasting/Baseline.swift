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

/// Each weekday smoothed on its own, at the speed that foretold it best.
private struct WeeklySmoothing {
    private let level: [Double]

    init(_ days: [Double]) {
        let tries = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6].map { Self.smooth(days, $0) }
        level = tries.min { $0.error < $1.error }?.level ?? []
    }

    private static func smooth(_ days: [Double], _ speed: Double) -> (level: [Double], error: Double) {
        var level = Array(days.prefix(7))
        var error = 0.0
        for place in days.indices.dropFirst(7) {
            let surprise = days[place] - level[place % 7]
            error += surprise * surprise
            level[place % 7] += speed * surprise
        }
        let shift = days.count % 7
        return (level.indices.map { level[($0 + shift) % level.count] }, error)
    }

    func rest(of count: Int) -> Double {
        level.isEmpty ? 0 : (0..<count).reduce(0) { $0 + max(0, level[$1 % level.count]) }
    }
}

/// Additive weeks and a damped trend (C. C. Holt, 1957; P. R. Winters, 1960; E. S. Gardner, E. McKenzie, 1985).
private struct HoltWinters {
    private var level: Double
    private var trend = 0.0
    private var season: [Double]
    private var error = 0.0
    private var place = 0
    private static let damping = 0.9

    static func best(of days: [Double]) -> HoltWinters {
        var best = HoltWinters(days, 0.1, 0.01, 0.05)
        for alpha in [0.02, 0.05, 0.1, 0.2, 0.4, 0.6] {
            for (beta, gamma) in [(0.0, 0.02), (0.0, 0.1), (0.02, 0.02), (0.02, 0.1), (0.1, 0.05)] {
                let other = HoltWinters(days, alpha, beta, gamma)
                if other.error < best.error { best = other }
            }
        }
        return best
    }

    private init(_ days: [Double], _ alpha: Double, _ beta: Double, _ gamma: Double) {
        let start = days.prefix(28)
        level = start.isEmpty ? 0 : start.reduce(0, +) / Double(start.count)
        season = Array(repeating: 0, count: 7)
        for day in days {
            let base = level + Self.damping * trend
            let surprise = day - base - season[place % 7]
            error += surprise * surprise
            level = base + alpha * surprise
            trend = Self.damping * trend + alpha * beta * surprise
            season[place % 7] += gamma * surprise
            place += 1
        }
    }

    func rest(of count: Int) -> Double {
        var (sum, step, drift) = (0.0, 1.0, 0.0)
        for ahead in 0..<count {
            step *= Self.damping
            drift += step * trend
            sum += max(0, level + drift + season[(place + ahead) % 7])
        }
        return sum
    }
}
