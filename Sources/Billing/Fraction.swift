/// An exact count or share: 2 months, 31/30 of a month, 0.9742.
package struct Fraction: Hashable, Sendable {
    package let numerator: Int128
    /// Positive, without a common divisor with the numerator.
    package let denominator: Int128

    package init(_ whole: some BinaryInteger) {
        self.init(Int128(whole), 1)
    }

    package init(_ numerator: some BinaryInteger, over denominator: some BinaryInteger) {
        self.init(Int128(numerator), Int128(denominator))
    }

    private init(_ numerator: Int128, _ denominator: Int128) {
        precondition(denominator > 0, "a fraction has a positive denominator")
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = divisor == 1 ? numerator : numerator / Int128(divisor)
        self.denominator = divisor == 1 ? denominator : denominator / Int128(divisor)
    }

    package init(_ rate: Rate) {
        self.init(rate.billionths, over: Rate.one)
    }

    package static let one = Fraction(1)
    package static let zero = Fraction(0)

    package static func + (left: Fraction, right: Fraction) -> Fraction {
        Fraction(
            left.numerator * right.denominator + right.numerator * left.denominator,
            left.denominator * right.denominator)
    }

    package static func * (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.numerator, left.denominator * right.denominator)
    }

    /// Taken to so many decimal places, half away from zero.
    func rounded(places: Int) -> Fraction {
        let unit = (0..<places).reduce(Int128(1)) { unit, _ in unit * 10 }
        return Fraction(nearest(numerator * unit, over: denominator), unit)
    }

    /// The nearest whole number, half away from zero.
    var nearestWhole: Int64 {
        Int64(nearest(numerator, over: denominator))
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        guard let small = UInt64(exactly: left), let other = UInt64(exactly: right) else {
            return right == 0 ? left : greatestCommonDivisor(right, left % right)
        }
        var (first, second) = (small, other)
        while second != 0 { (first, second) = (second, first % second) }
        return UInt128(first)
    }
}

extension Fraction: CustomStringConvertible {
    /// `2`, `0.9742`, or `31/30` where decimals do not end.
    package var description: String {
        let one = Int128(Rate.one)
        guard one % denominator == 0 else { return "\(numerator)/\(denominator)" }
        return decimalText(ofWholeNumber: numerator * (one / denominator), places: Rate.places, least: 0)
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
