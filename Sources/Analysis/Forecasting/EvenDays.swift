package import Metering

/// A household's days on an even grid, so that a filter steps over them without looking anything up.
///
/// A day that is not known is NaN: missing is not zero.
package struct EvenDays: Sendable {
    /// The day of the first value.
    package let first: LocalDate
    package let kilowattHours: [Double]

    /// - Parameter history: the known days.
    package init(_ history: DailyHistory) {
        let start = history.days.first?.date ?? LocalDate(daysSince1970: 0)
        let count = history.days.last.map { start.days(until: $0.date) + 1 } ?? 0
        var values = Array(repeating: Double.nan, count: count)
        for day in history.days { values[start.days(until: day.date)] = day.kilowattHours }
        first = start
        kilowattHours = values
    }

    /// The values of the days before `end`, at most `count`, and the number of the first one since 1970.
    func before(_ end: LocalDate, atMost count: Int) -> (values: ArraySlice<Double>, firstNumber: Int) {
        let index = min(max(0, first.days(until: end)), kilowattHours.count)
        // What lies after the last value is not known either, so the grid may end before `end`.
        let start = max(0, index - count)
        return (kilowattHours[start..<index], first.daysSince1970 + start)
    }

    /// The values from `first` up to `end`, as far as there are any.
    func values(from first: LocalDate, to end: LocalDate) -> ArraySlice<Double> {
        let start = min(max(0, self.first.days(until: first)), kilowattHours.count)
        return kilowattHours[start..<min(max(start, self.first.days(until: end)), kilowattHours.count)]
    }
}
