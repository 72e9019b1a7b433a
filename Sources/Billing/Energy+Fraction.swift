import Metering

extension Energy {
    /// The share of an amount of energy, to the nearest milliwatt-hour.
    static func * (energy: Energy, share: Fraction) -> Energy {
        let whole = Int128(energy.milliwattHours) * share.numerator
        return Energy(milliwattHours: Int64(nearest(whole, over: share.denominator)))
    }

    /// - Parameter text: plain decimal kilowatt-hours to six places; nil for anything else.
    package init?(kilowattHours text: String) {
        guard let number = wholeNumber(ofDecimal: text, places: 6) else { return nil }
        self.init(milliwattHours: number)
    }

    /// Kilowatt-hours without needless zeros: `218`, `12.5`.
    package var kilowattHoursText: String {
        decimalText(ofWholeNumber: Int128(milliwattHours), places: 6, least: 0)
    }
}
