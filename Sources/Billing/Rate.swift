/// A price of one unit (a kWh, a month) or a percentage, exact to nine decimal places.
package struct Rate: Hashable, Comparable, Sendable {
    static let places = 9
    static let one: Int64 = 1_000_000_000

    /// Billionths.
    let billionths: Int64

    init(billionths: Int64) {
        self.billionths = billionths
    }

    /// - Parameter text: plain decimal digits, `"3.35"`; nil for anything else.
    package init?(_ text: String) {
        guard let number = wholeNumber(ofDecimal: text, places: Self.places) else { return nil }
        self.init(billionths: number)
    }

    package static let zero = Rate(billionths: 0)

    /// The product to the nearest ninth place.
    package static func * (left: Rate, right: Rate) -> Rate {
        Rate(billionths: Int64(nearest(Int128(left.billionths) * Int128(right.billionths), over: Int128(one))))
    }

    package static func < (left: Rate, right: Rate) -> Bool {
        left.billionths < right.billionths
    }
}

extension Rate: CustomStringConvertible {
    /// At least two decimals: `3.35`, `0.32561`, `10.00`.
    package var description: String {
        decimalText(ofWholeNumber: Int128(billionths), places: Self.places, least: 2)
    }
}
