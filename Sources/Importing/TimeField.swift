import Foundation
import Metering

/// Reads times: ISO 8601 with an offset, without one (then in the zone told), or seconds since 1970.
struct TimeField {
    enum Value: Equatable {
        case instant(Date)
        /// Twice on the wall: the clocks were put back.
        case twice(earlier: Date, later: Date)
        /// Never on the wall: the clocks were put forward over it, and this hour lies before.
        case skipped(hourBefore: Range<Date>)
    }

    private var wall: WallTime
    /// The day read last: lines of one day follow each other.
    private var lastDay: (bytes: ArraySlice<UInt8>, date: LocalDate)?

    init(zone: TimeZone) {
        wall = WallTime(zone: zone)
    }

    /// Nil when the text is no time between the years 1970 and 2199.
    mutating func value(_ text: ArraySlice<UInt8>) -> Value? {
        if text.count >= 9, text.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) {
            return Self.unixTime(text)
        }
        guard text.count >= 10, let date = day(text.prefix(10)) else { return nil }
        let rest = text.dropFirst(10)
        guard let separator = rest.first else { return local(date, 0) }
        guard separator == UInt8(ascii: " ") || separator == UInt8(ascii: "T") else { return nil }
        return timeOfDay(rest.dropFirst(), on: date)
    }

    /// A day without a time: the instant at which it begins, and the one at which it ends.
    mutating func day(_ text: ArraySlice<UInt8>) -> LocalDate? {
        if let lastDay, lastDay.bytes == text { return lastDay.date }
        guard text.count == 10, let date = LocalDate(String(decoding: text, as: UTF8.self)),
            (1970..<2200).contains(date.year)
        else { return nil }
        lastDay = (text, date)
        return date
    }

    private static func unixTime(_ text: ArraySlice<UInt8>) -> Value? {
        guard let number = Decimal(text) else { return nil }
        // Thirteen digits are milliseconds.
        let seconds = number.approximate > 1e11 ? number.approximate / 1000 : number.approximate
        return (0..<7_258_118_400).contains(seconds) ? .instant(Date(timeIntervalSince1970: seconds)) : nil
    }

    private mutating func timeOfDay(_ text: ArraySlice<UInt8>, on date: LocalDate) -> Value? {
        var rest = text
        guard let hour = Self.twoDigits(&rest), hour < 24, Self.take(UInt8(ascii: ":"), from: &rest),
            let minute = Self.twoDigits(&rest), minute < 60
        else { return nil }
        var seconds = hour * 3600 + minute * 60
        var fraction = 0.0
        if Self.take(UInt8(ascii: ":"), from: &rest) {
            guard let second = Self.twoDigits(&rest), second < 60 else { return nil }
            seconds += second
            if Self.take(UInt8(ascii: "."), from: &rest) {
                let digits = rest.prefix { (48...57).contains($0) }
                guard let decimal = Decimal([48, 46] + digits) else { return nil }
                fraction = decimal.approximate
                rest = rest.dropFirst(digits.count)
            }
        }
        guard let value = rest.isEmpty ? local(date, seconds) : Self.fixed(date, seconds, offset: rest) else {
            return nil
        }
        return fraction == 0 ? value : Self.moved(value, by: fraction)
    }

    private mutating func local(_ date: LocalDate, _ seconds: Int) -> Value {
        switch wall.meaning(of: date, secondOfDay: seconds) {
        case .instant(let instant): .instant(instant)
        case .twice(let earlier, let later): .twice(earlier: earlier, later: later)
        case .skipped(let hour): .skipped(hourBefore: hour)
        }
    }

    private static func moved(_ value: Value, by seconds: Double) -> Value {
        switch value {
        case .instant(let instant): .instant(instant.addingTimeInterval(seconds))
        case .twice(let earlier, let later):
            .twice(earlier: earlier.addingTimeInterval(seconds), later: later.addingTimeInterval(seconds))
        case .skipped: value
        }
    }

    private static func fixed(_ date: LocalDate, _ seconds: Int, offset text: ArraySlice<UInt8>) -> Value? {
        var rest = text
        let start = Double(date.daysSince1970 * 86_400 + seconds)
        if rest.elementsEqual([UInt8(ascii: "Z")]) { return .instant(Date(timeIntervalSince1970: start)) }
        let isEast = take(UInt8(ascii: "+"), from: &rest)
        guard isEast || take(UInt8(ascii: "-"), from: &rest), let hours = twoDigits(&rest), hours < 24 else {
            return nil
        }
        var minutes = 0
        if !rest.isEmpty {
            _ = take(UInt8(ascii: ":"), from: &rest)
            guard let more = twoDigits(&rest), more < 60, rest.isEmpty else { return nil }
            minutes = more
        }
        let offset = Double(hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
        return .instant(Date(timeIntervalSince1970: start - offset))
    }

    private static func twoDigits(_ text: inout ArraySlice<UInt8>) -> Int? {
        guard text.count >= 2 else { return nil }
        let (tens, ones) = (text[text.startIndex], text[text.startIndex + 1])
        guard (48...57).contains(tens), (48...57).contains(ones) else { return nil }
        text = text.dropFirst(2)
        return Int(tens - 48) * 10 + Int(ones - 48)
    }

    private static func take(_ byte: UInt8, from text: inout ArraySlice<UInt8>) -> Bool {
        guard text.first == byte else { return false }
        text = text.dropFirst()
        return true
    }
}
