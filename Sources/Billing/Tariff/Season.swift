package import Metering

/// A part of every year, by its first and last day.
package struct Season: Hashable, Sendable {
    /// A day of any year; 29 February counts where there is one.
    package struct DayOfYear: Hashable, Comparable, Sendable {
        package let month: Int
        package let day: Int

        package static func < (left: DayOfYear, right: DayOfYear) -> Bool {
            (left.month, left.day) < (right.month, right.day)
        }
    }

    package let name: String
    package let first: DayOfYear
    package let last: DayOfYear

    /// Whether the season holds the day; one that ends before it begins goes over the new year.
    package func contains(_ date: LocalDate) -> Bool {
        let day = DayOfYear(month: date.month, day: date.day)
        return first <= last ? day >= first && day <= last : day >= first || day <= last
    }
}

extension Season.DayOfYear: CustomStringConvertible {
    /// `06-01`.
    package var description: String {
        "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// - Parameter text: `06-01`; nil when no year has such a day.
    package init?(_ text: String) {
        guard let date = LocalDate("2024-" + text) else { return nil }
        self.init(month: date.month, day: date.day)
    }
}
