package import Metering

/// A day off, once or every year.
package enum Holiday: Hashable, Sendable {
    case once(LocalDate)
    /// On Friday when it falls on a Saturday, on Monday when on a Sunday, if `isMoved`.
    case yearly(Season.DayOfYear, isMoved: Bool)
    /// The `number`th such weekday of a month (0 Monday to 6 Sunday); nil for the last.
    case weekday(Int, number: Int?, month: Int)

    /// Whether the day is kept on `date`.
    package func isKept(on date: LocalDate) -> Bool {
        switch self {
        case .once(let day): date == day
        case .yearly(let day, let isMoved): isMoved ? Self.isKept(day, movedTo: date) : Self.falls(day, on: date)
        case .weekday(let weekday, let number, let month):
            date.month == month && date.weekday == weekday && Self.isNumber(number, date)
        }
    }

    private static func falls(_ day: Season.DayOfYear, on date: LocalDate) -> Bool {
        date.month == day.month && date.day == day.day
    }

    private static func isKept(_ day: Season.DayOfYear, movedTo date: LocalDate) -> Bool {
        guard !date.isWeekend else { return false }
        return falls(day, on: date) || (date.weekday == 4 && falls(day, on: date.adding(days: 1)))
            || (date.weekday == 0 && falls(day, on: date.adding(days: -1)))
    }

    private static func isNumber(_ number: Int?, _ date: LocalDate) -> Bool {
        guard let number else { return date.day + 7 > date.inMonth.dayCount }
        return (date.day - 1) / 7 + 1 == number
    }
}
