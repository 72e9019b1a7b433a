package import Metering

/// Money before it is rounded to what can be paid: exact to fifteen decimal places of the major unit.
package struct Amount: Hashable, Comparable, Sendable {
    static let places = 15
    static let one: Int128 = 1_000_000_000_000_000

    /// Femto-units: 10⁻¹⁵ of a rupee.
    let femtos: Int128

    init(femtos: Int128) {
        self.femtos = femtos
    }

    package static let zero = Amount(femtos: 0)

    package static func < (left: Amount, right: Amount) -> Bool {
        left.femtos < right.femtos
    }

    package static func + (left: Amount, right: Amount) -> Amount {
        Amount(femtos: left.femtos + right.femtos)
    }

    package static func - (left: Amount, right: Amount) -> Amount {
        Amount(femtos: left.femtos - right.femtos)
    }

    package static prefix func - (amount: Amount) -> Amount {
        Amount(femtos: -amount.femtos)
    }
}

extension Amount: CustomStringConvertible {
    /// At least two decimals, `341.70`.
    package var description: String {
        decimalText(ofWholeNumber: femtos, places: Self.places, least: 2)
    }

    /// - Parameter text: plain decimal digits; nil for anything else.
    package init?(_ text: String) {
        guard let number = wholeNumber(ofDecimal: text, places: Self.places - 9) else { return nil }
        self.init(femtos: Int128(number) * 1_000_000_000)
    }
}

extension Amount {
    /// The share of an amount, to the nearest fifteenth place.
    package static func * (amount: Amount, share: Fraction) -> Amount {
        Amount(femtos: nearest(amount.femtos, times: share.numerator, over: share.denominator))
    }

    /// `rate` per cent of the amount, to the nearest fifteenth place.
    package func percent(_ rate: Rate) -> Amount {
        Amount(femtos: nearest(femtos, times: Int128(rate.billionths), over: 100 * Int128(Rate.one)))
    }

    /// In minor units of `currency`; the amount must be a whole number of them, as every rounded total is.
    package func money(in currency: Currency) -> Money? {
        let minor = (0..<currency.places).reduce(Self.one) { unit, _ in unit / 10 }
        guard femtos % minor == 0 else { return nil }
        return Int64(exactly: femtos / minor).map(Money.init(minorUnits:))
    }

    package init(_ money: Money, in currency: Currency) {
        let minor = (0..<currency.places).reduce(Self.one) { unit, _ in unit / 10 }
        self.init(femtos: Int128(money.minorUnits) * minor)
    }

    /// For drawing and ranking only.
    package var approximate: Double {
        Double(femtos) / Double(Self.one)
    }
}

extension Rate {
    /// What `energy` costs at `rate` a kilowatt-hour: millionths of a kWh times billionths, so nothing is rounded.
    package static func * (energy: Energy, rate: Rate) -> Amount {
        Amount(femtos: Int128(energy.milliwattHours) * Int128(rate.billionths))
    }

    /// What `count` units cost at `rate` each, to the nearest fifteenth place.
    package static func * (count: Fraction, rate: Rate) -> Amount {
        let whole = count.numerator * Int128(rate.billionths) * 1_000_000
        return Amount(femtos: nearest(whole, over: count.denominator))
    }
}

extension Sequence<Amount> {
    package func sum() -> Amount {
        reduce(.zero, +)
    }
}

extension Amount {
    /// The amount to its last place, for storing.
    package var exactDescription: String {
        String(femtos)
    }

    /// The inverse of ``exactDescription``.
    package init?(exact text: String) {
        guard let femtos = Int128(text) else { return nil }
        self.init(femtos: femtos)
    }
}
