package import Billing
package import Foundation
package import Metering

/// How figures, days and times are written for a household: in its locale's numbers, its currency and its zone.
///
/// By rules of its own and not the system's, so that the same figures give the same bytes on every machine.
package struct Wording: Sendable {
    private enum Grouping {
        /// 1,23,456
        case lakh
        case thousands
    }

    package let clock: LocalClock
    private let grouping: Grouping
    private let groupSeparator: String
    private let decimalSeparator: String
    private let isSymbolBehind: Bool

    /// - Parameter locale: `en-IN`, `de-DE`; one that is not known writes numbers as English does.
    package init(locale: String, clock: LocalClock) {
        self.clock = clock
        let isIndian = locale.hasSuffix("-IN") || locale.hasSuffix("_IN")
        grouping = isIndian ? .lakh : .thousands
        let language = locale.prefix(2)
        let isContinental = ["de", "es", "it", "nl", "pt", "id", "da", "tr"].contains(language)
        let isSpaced = ["fr", "pl", "cs", "sv", "nb", "fi", "ru", "uk"].contains(language)
        groupSeparator = isContinental ? "." : isSpaced ? "\u{202F}" : ","
        decimalSeparator = isContinental || isSpaced ? "," : "."
        isSymbolBehind = isContinental || isSpaced
    }

    /// A whole number of units of ten to the minus `scale`, rounded half up to `places` decimals.
    package func number(_ value: Int128, scale: Int, places: Int) -> String {
        var shown = value.magnitude
        if scale > places {
            let divisor = (0..<(scale - places)).reduce(UInt128(1)) { power, _ in power * 10 }
            shown = (shown + divisor / 2) / divisor
        } else {
            shown = (0..<(places - scale)).reduce(shown) { number, _ in number * 10 }
        }
        let digits = String(shown)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let whole = grouped(String(padded.dropLast(places)))
        let sign = value < 0 && shown != 0 ? "−" : ""
        return sign + whole + (places == 0 ? "" : decimalSeparator + padded.suffix(places))
    }

    /// For axes and statistics.
    package func number(_ value: Double, _ places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
        return number(Int128((value * scale).rounded()), scale: places, places: places)
    }

    private func grouped(_ digits: String) -> String {
        var groups: [Substring] = []
        var rest = digits[...]
        var size = 3
        while rest.count > size {
            groups.append(rest.suffix(size))
            rest = rest.dropLast(size)
            if grouping == .lakh { size = 2 }
        }
        return ([rest] + groups.reversed()).joined(separator: groupSeparator)
    }

    /// `142.3` kilowatt-hours, without the unit.
    package func kilowattHours(_ energy: Energy, places: Int = 1) -> String {
        number(Int128(energy.milliwattHours), scale: 6, places: places)
    }

    package func energy(_ energy: Energy, places: Int = 1) -> String {
        kilowattHours(energy, places: places) + " kWh"
    }

    package func money(_ money: Money, _ currency: Currency) -> String {
        let places = currency.places
        return withSymbol(number(Int128(money.minorUnits), scale: places, places: places), currency)
    }

    /// To the last place that is not zero, and at least the currency's own.
    package func amount(_ amount: Amount, _ currency: Currency) -> String {
        withSymbol(decimal(amount.description), currency)
    }

    package func rate(_ rate: Rate, _ currency: Currency) -> String {
        withSymbol(decimal(rate.description), currency)
    }

    /// A number written with a point, in the household's manner.
    package func decimal(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let halves = text.drop { $0 == "-" }.split(separator: ".")
        return (isNegative ? "−" : "") + grouped(String(halves.first ?? "0"))
            + (halves.count > 1 ? decimalSeparator + halves[1] : "")
    }

    private func withSymbol(_ number: String, _ currency: Currency) -> String {
        let symbol =
            switch currency.code {
            case "INR": "₹"
            case "EUR": "€"
            case "GBP": "£"
            case "USD": "$"
            case "AUD": "A$"
            default: currency.code + "\u{A0}"
            }
        if isSymbolBehind { return number + "\u{A0}" + symbol.filter { $0 != "\u{A0}" } }
        return number.hasPrefix("−") ? "−" + symbol + number.dropFirst() : symbol + number
    }

    /// `97.2 %`
    package func percent(_ share: Double, places: Int = 1) -> String {
        number(share * 100, places) + " %"
    }
}

extension Wording {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// `February 2026`
    package func month(_ month: LocalMonth) -> String {
        "\(Self.months[month.month - 1]) \(month.year)"
    }

    /// `February`, of whatever year.
    package func monthName(_ month: LocalMonth) -> String {
        Self.months[month.month - 1]
    }

    /// `12 February 2026`
    package func date(_ day: LocalDate) -> String {
        "\(day.day) \(Self.months[day.month - 1]) \(day.year)"
    }

    /// `12 Feb`
    package func shortDate(_ day: LocalDate) -> String {
        "\(day.day) \(Self.months[day.month - 1].prefix(3))"
    }

    /// `Thu 12 Feb`
    package func weekday(_ day: LocalDate) -> String {
        "\(Self.weekdays[day.weekday]) \(shortDate(day))"
    }

    /// `1 to 28 February 2026`
    package func period(_ period: BillingPeriod) -> String {
        let (first, last) = (period.first, period.lastDay)
        if first.inMonth == last.inMonth { return "\(first.day) to \(date(last))" }
        return first.year == last.year
            ? "\(first.day) \(Self.months[first.month - 1]) to \(date(last))" : "\(date(first)) to \(date(last))"
    }

    /// `12 Feb 2026, 17:59`
    package func instant(_ instant: Date) -> String {
        let day = clock.date(at: instant)
        return "\(shortDate(day)) \(day.year), \(time(instant))"
    }

    /// `17:59`
    package func time(_ instant: Date) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + clock.zone.secondsFromGMT(for: instant)
        let minutes = ((seconds % 86_400) + 86_400) % 86_400 / 60
        return "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    }

    /// From one instant to another, the day said once where it is one: `12 Feb 2026, 02:10 to 05:40`
    package func span(_ period: Range<Date>) -> String {
        let isOneDay = clock.date(at: period.lowerBound) == clock.date(at: period.upperBound)
        return instant(period.lowerBound) + " to " + (isOneDay ? time(period.upperBound) : instant(period.upperBound))
    }

    /// `3 h 5 min`
    package func duration(_ seconds: Double) -> String {
        let minutes = Int((seconds / 60).rounded())
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        let parts = [
            days > 0 ? "\(days) d" : nil, hours > 0 ? "\(hours) h" : nil, rest > 0 && days == 0 ? "\(rest) min" : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? "less than a minute" : parts.joined(separator: " ")
    }

    private func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// `1 gap`, `3 gaps`
    package func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(self.number(Int128(number), scale: 0, places: 0)) \(number == 1 ? one : many)"
    }
}
