import Metering

/// How each day of the week departs from the mean day.
///
/// Each factor is drawn to 1 by some average days, so that a few Sundays do not decide alone.
struct WeekdayFactors {
    static let span = 84
    private static let drawnBy = 18.0

    /// From Monday on.
    private var factors: InlineArray<7, Double>

    /// - Parameters:
    ///   - values: the days, NaN where unknown; the last ones count.
    ///   - firstNumber: days since 1970 of the first.
    init(_ values: ArraySlice<Double>, firstNumber: Int, holidays: Set<Int>) {
        var sums = InlineArray<7, Double>(repeating: 0)
        var counts = InlineArray<7, Double>(repeating: 0)
        let start = max(values.startIndex, values.endIndex - Self.span)
        var total = 0.0
        var count = 0.0
        for place in start..<values.endIndex where !values[place].isNaN {
            let weekday = Self.weekday(firstNumber + place - values.startIndex, holidays)
            sums[weekday] += values[place]
            counts[weekday] += 1
            total += values[place]
            count += 1
        }
        factors = InlineArray(repeating: 1)
        guard total > 0 else { return }
        for weekday in 0..<7 {
            factors[weekday] = (sums[weekday] * count / total + Self.drawnBy) / (counts[weekday] + Self.drawnBy)
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
