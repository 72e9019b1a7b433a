/// An exact count or share: 2 months, 31/30 of a month, 0.9742.
package struct Fraction: Hashable, Sendable {
    package let numerator: Int64
    /// Positive, without a common divisor with the numerator.
    package let denominator: Int64

    package init(_ numerator: Int64, over denominator: Int64 = 1) {
        precondition(denominator > 0, "a fraction has a positive denominator")
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int64(divisor)
        self.denominator = denominator / Int64(divisor)
    }

    package init(_ rate: Rate) {
        self.init(rate.billionths, over: Rate.one)
    }

    package static let one = Fraction(1)
    package static let zero = Fraction(0)

    package static func + (left: Fraction, right: Fraction) -> Fraction {
        Fraction(
            left.numerator * right.denominator + right.numerator * left.denominator,
            over: left.denominator * right.denominator)
    }

    package static func * (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.numerator, over: left.denominator * right.denominator)
    }

    /// Taken to so many decimal places, half away from zero.
    func rounded(places: Int) -> Fraction {
        let unit = (0..<places).reduce(Int64(1)) { unit, _ in unit * 10 }
        return Fraction(Int64(nearest(Int128(numerator) * Int128(unit), over: Int128(denominator))), over: unit)
    }

    /// The nearest whole number, half away from zero.
    var nearestWhole: Int64 {
        Int64(nearest(Int128(numerator), over: Int128(denominator)))
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}

extension Fraction: CustomStringConvertible {
    /// `2`, `0.9742`, or `31/30` where decimals do not end.
    package var description: String {
        guard Rate.one % denominator == 0,
            let billionths = Int64(exactly: Int128(numerator) * Int128(Rate.one / denominator))
        else { return "\(numerator)/\(denominator)" }
        return decimalText(ofWholeNumber: Int128(billionths), places: Rate.places, least: 0)
    }

    /// - Parameter text: what ``description`` gives; nil for anything else.
    package init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch halves.count {
        case 1:
            guard let rate = Rate(text) else { return nil }
            self.init(rate)
        case 2:
            guard let numerator = wholeNumber(ofDecimal: halves[0], places: 0),
                let denominator = wholeNumber(ofDecimal: halves[1], places: 0), denominator > 0
            else { return nil }
            self.init(numerator, over: denominator)
        default:
            return nil
        }
    }
}
