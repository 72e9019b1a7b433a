package import Metering

/// Days of the week, as they are stored: bit 0 for Monday to bit 6 for Sunday.
package struct Weekdays: OptionSet, Hashable, Sendable {
    package let rawValue: Int16

    package init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    package static let all = Weekdays(rawValue: 127)
    package static let workdays = Weekdays(rawValue: 31)

    /// Days by their ISO 8601 numbers, 1 for Monday to 7 for Sunday; nil when there is none, or another number.
    package init?(numbers: [Int]) {
        guard !numbers.isEmpty, numbers.allSatisfy((1...7).contains) else { return nil }
        self.init(rawValue: numbers.reduce(0) { $0 | 1 << Int16($1 - 1) })
    }

    /// Their ISO 8601 numbers, in order.
    package var numbers: [Int] {
        (1...7).filter { rawValue & 1 << Int16($0 - 1) != 0 }
    }

    package func contains(_ day: LocalDate) -> Bool {
        rawValue & 1 << Int16(day.weekday) != 0
    }
}
