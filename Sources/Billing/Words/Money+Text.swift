extension Money {
    /// With the currency's own decimals and no symbol: `1307.00`, `-36.18`.
    package func text(in currency: Currency) -> String {
        decimalText(ofWholeNumber: Int128(minorUnits), places: currency.places, least: currency.places)
    }
}

extension Amount {
    /// - Parameter text: plain decimal digits in major units; nil when that is no whole number of minor units.
    package static func money(_ text: String, in currency: Currency) -> Money? {
        Amount(text).flatMap { $0.money(in: currency) }
    }
}
