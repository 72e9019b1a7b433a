import Metering

/// A number as it was written: digits and a power of ten, so that a decimal register stays exact.
package struct JSONNumber: Hashable, Sendable {
    /// The digits without their point; only the first eighteen that count.
    let digits: Int64
    /// The power of ten by which the digits are multiplied.
    let exponent: Int
    /// The nearest double; infinite when the number is beyond its range.
    package let value: Double

    /// The whole number it is; nil when it is none, or beyond 64 bits.
    package var integer: Int64? {
        guard exponent != 0 else { return digits }
        guard digits != 0 else { return 0 }
        return exponent > 0 ? scaled(by: exponent) : value.rounded() == value ? Int64(exactly: value) : nil
    }

    /// The number as an amount of energy in kilowatt-hours, to the nearest milliwatt-hour; nil when it is out of range.
    var kilowattHours: Energy? {
        let power = exponent + 6
        guard power < 0 else { return scaled(by: power).map(Energy.init(milliwattHours:)) }
        guard power > -Self.powers.count else { return .zero }
        let divisor = Self.powers[-power]
        let half = divisor / 2
        let rounded = (digits.magnitude + UInt64(half)) / UInt64(divisor)
        return Energy(milliwattHours: digits < 0 ? -Int64(rounded) : Int64(rounded))
    }

    private func scaled(by power: Int) -> Int64? {
        guard digits != 0 else { return 0 }
        guard power < Self.powers.count else { return nil }
        let (product, overflows) = digits.multipliedReportingOverflow(by: Self.powers[power])
        return overflows ? nil : product
    }

    /// Ten to the power of 0 to 18.
    static let powers: [Int64] = (0...18).map { power in (0..<power).reduce(1) { product, _ in product * 10 } }
}
