import Metering

/// How each day of the week departs from the mean day.
///
/// The factors are drawn to 1, the more the less the weekdays of this home differ: a dwelling's few Sundays do not decide
/// alone, a shop that is closed on them is closed (empirical Bayes: B. Efron, C. Morris, 1973).
struct WeekdayFactors {
    static let span = 84
    /// Average days by which the factors of the usual home are drawn.
    private static let usuallyDrawnBy = 30.0
    /// Weekdays whose differences weigh as much as those of the usual home.
    private static let usualWeight = 28.0

    /// From Monday on.
    private var factors = InlineArray<7, Double>(repeating: 1)

    /// - Parameters:
    ///   - values: the days, NaN where unknown; the last ones count.
    ///   - firstNumber: days since 1970 of the first.
    init(_ values: ArraySlice<Double>, firstNumber: Int, holidays: Set<Int>) {
        var groups = Groups()
        let start = max(values.startIndex, values.endIndex - Self.span)
        for place in start..<values.endIndex where !values[place].isNaN {
            groups.add(values[place], to: Self.weekday(firstNumber + place - values.startIndex, holidays))
        }
        guard groups.mean > 0 else { return }
        let drawnBy = groups.drawnBy(usually: Self.usuallyDrawnBy, weight: Self.usualWeight)
        for weekday in 0..<7 {
            let (sum, count) = (groups.sums[weekday] / groups.mean, groups.counts[weekday])
            factors[weekday] = max(0.02, (sum + drawnBy) / (count + drawnBy))
        }
    }

    /// The factor of the day with this number since 1970.
    func factor(_ number: Int, _ holidays: Set<Int>) -> Double {
        factors[Self.weekday(number, holidays)]
    }

    /// 0 for Monday to 6 for Sunday; a public holiday counts as a Sunday.
    private static func weekday(_ number: Int, _ holidays: Set<Int>) -> Int {
        if !holidays.isEmpty, holidays.contains(number) { return 6 }
        let weekday = (number + 3) % 7
        return weekday < 0 ? weekday + 7 : weekday
    }
}

/// Sums of the days of each weekday.
private struct Groups {
    private(set) var sums = InlineArray<7, Double>(repeating: 0)
    private(set) var counts = InlineArray<7, Double>(repeating: 0)
    private var total = 0.0
    private var squares = 0.0
    private var count = 0.0

    mutating func add(_ value: Double, to weekday: Int) {
        sums[weekday] += value
        counts[weekday] += 1
        total += value
        squares += value * value
        count += 1
    }

    var mean: Double { count > 0 ? total / count : 0 }

    /// The variance within weekdays over that between them, the latter partly that of the usual home.
    func drawnBy(usually usual: Double, weight: Double) -> Double {
        guard count > 14 else { return usual }
        var between = 0.0
        var explained = 0.0
        for weekday in 0..<7 where counts[weekday] > 0 {
            explained += sums[weekday] * sums[weekday] / counts[weekday]
        }
        let within = max(1e-4, (squares - explained) / (count - 7) / (mean * mean))
        var seen = 0.0
        for weekday in 0..<7 where counts[weekday] > 0 {
            let departure = sums[weekday] / counts[weekday] / mean - 1
            between += departure * departure - within / counts[weekday] * 6 / 7
            seen += 1
        }
        return min(200, within * (weight + seen) / (weight * within / usual + max(0, between)))
    }
}
