import Foundation
import Metering

/// How a single value must be written.
enum TextFormat: String, Sendable {
    case decimal, date, month, dayOfYear, id, name, currency, zone, hours

    /// For the published schema.
    var pattern: String {
        switch self {
        case .decimal: "^-?[0-9]+(\\.[0-9]{1,9})?$"
        case .date: "^[0-9]{4}-[01][0-9]-[0-3][0-9]$"
        case .month: "^[0-9]{4}-[01][0-9]$"
        case .dayOfYear: "^[01][0-9]-[0-3][0-9]$"
        case .id: "^[a-z0-9][a-z0-9-]*$"
        case .name: "^[a-z][a-z0-9_]*$"
        case .currency: "^[A-Z]{3}$"
        case .zone: "^[A-Za-z0-9_+/-]+$"
        case .hours: "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
        }
    }

    var meaning: String {
        switch self {
        case .decimal: "a decimal number like \"3.35\""
        case .date: "a date like 2025-04-01"
        case .month: "a month like 2025-08"
        case .dayOfYear: "a day of the year like 06-01"
        case .id: "an id of small letters, digits and hyphens"
        case .name: "a name of small letters, digits and _"
        case .currency: "a currency of three capital letters"
        case .zone: "a time zone like Asia/Kolkata"
        case .hours: "hours like \"18:00-22:00\""
        }
    }

    func accepts(_ text: String) -> Bool {
        switch self {
        case .decimal: Rate(text).map { (-Self.greatest...Self.greatest).contains($0.billionths) } ?? false
        case .date: LocalDate(text) != nil
        case .month: LocalMonth(text) != nil
        case .dayOfYear: Season.DayOfYear(text) != nil
        case .id: !text.hasPrefix("-") && text.utf8.allSatisfy { Self.isSmall($0) || $0 == 45 }
        case .name:
            text.utf8.first.map { (97...122).contains($0) } ?? false
                && text.utf8.allSatisfy { Self.isSmall($0) || $0 == 95 }
        case .currency: Currency(code: text) != nil
        case .zone: TimeZone(identifier: text) != nil && text.contains("/") || text == "UTC"
        case .hours: Self.minutes(text) != nil
        }
    }

    /// Billionths: no price, percentage or limit is greater than a hundred million, so that products fit.
    private static let greatest = 100_000_000 * Rate.one

    private static func isSmall(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte)
    }

    /// The minutes of a day that hours name; those that go over midnight make two ranges.
    static func minutes(_ text: String) -> [Range<Int>]? {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false).map(minute)
        guard halves.count == 2, let first = halves[0], let end = halves[1], first < 1440, first != end else {
            return nil
        }
        return first < end ? [first..<end] : [first..<1440, 0..<end].filter { !$0.isEmpty }
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
