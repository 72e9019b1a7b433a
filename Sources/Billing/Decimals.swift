/// Decimal text to a whole number of the smallest unit: `"3.35"` with nine places is 3 350 000 000.
///
/// Nil for anything but digits with at most one point and one leading minus, for more places than `places`, or when it
/// does not fit. No binary rounding takes part.
func wholeNumber(ofDecimal text: some StringProtocol, places: Int) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? text.dropFirst() : text[...]
    let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count),
        halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else {
        return nil
    }
    let fraction = halves.count == 2 ? halves[1] : ""
    guard fraction.utf8.count <= places else { return nil }
    let padding = String(repeating: "0", count: places - fraction.utf8.count)
    guard let magnitude = Int64(String(halves[0]) + fraction + padding) else { return nil }
    return isNegative ? -magnitude : magnitude
}

/// The inverse of ``wholeNumber(ofDecimal:places:)``; keeps at least `least` places and drops further trailing zeros.
func decimalText(ofWholeNumber number: Int128, places: Int, least: Int) -> String {
    let digits = String(number.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    var fraction = padded.suffix(places)
    while fraction.utf8.count > least, fraction.last == "0" { fraction.removeLast() }
    let sign = number < 0 ? "-" : ""
    return sign + padded.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
}

/// The whole number nearest to `number × factor / divisor`, where the product may have twice as many digits as fit.
///
/// - Parameter divisor: positive.
func nearest(_ number: Int128, times factor: Int128, over divisor: Int128) -> Int128 {
    let (product, doesNotFit) = number.multipliedReportingOverflow(by: factor)
    guard doesNotFit else { return nearest(product, over: divisor) }
    let wide = number.magnitude.multipliedFullWidth(by: factor.magnitude)
    let (quotient, rest) = divisor.magnitude.dividingFullWidth(wide)
    let magnitude = Int128(quotient) + (rest >= divisor.magnitude - rest ? 1 : 0)
    return (number < 0) == (factor < 0) ? magnitude : -magnitude
}

/// The whole number nearest to `number / divisor`; a half goes away from zero.
///
/// - Parameter divisor: positive.
func nearest(_ number: Int128, over divisor: Int128) -> Int128 {
    let quotient = number / divisor
    let rest = number % divisor
    guard rest.magnitude * 2 >= divisor.magnitude else { return quotient }
    return quotient + (number < 0 ? -1 : 1)
}
