/// A month of the Gregorian calendar.
package struct LocalMonth: Hashable, Comparable, Sendable {
    package let year: Int
    package let month: Int

    init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    package var dayCount: Int {
        switch month {
        case 2: isLeapYear ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private var isLeapYear: Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    package var firstDay: LocalDate {
        LocalDate(checkedYear: year, month: month, day: 1)
    }

    /// The day with this number, or the month's last when it has no such day.
    package func day(clamping day: Int) -> LocalDate {
        LocalDate(checkedYear: year, month: month, day: min(max(day, 1), dayCount))
    }

    package var days: [LocalDate] {
        (1...dayCount).map { LocalDate(checkedYear: year, month: month, day: $0) }
    }

    package func adding(months: Int) -> LocalMonth {
        let index = self.index + months
        let remainder = index % 12 < 0 ? index % 12 + 12 : index % 12
        return LocalMonth(year: (index - remainder) / 12, month: remainder + 1)
    }

    /// Months since January of the year 0.
    package var index: Int {
        year * 12 + month - 1
    }

    package static func < (left: LocalMonth, right: LocalMonth) -> Bool {
        left.index < right.index
    }
}

extension LocalMonth: CustomStringConvertible, LosslessStringConvertible {
    /// `2025-03`.
    package var description: String {
        let padded = String(year)
        return String(repeating: "0", count: max(0, 4 - padded.count)) + padded
            + (month < 10 ? "-0" : "-") + String(month)
    }

    package init?(_ description: String) {
        guard let first = LocalDate(description + "-01") else { return nil }
        self = first.inMonth
    }
}
