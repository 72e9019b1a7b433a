/// A plain decimal number as a file writes it, exact: digits and the power of ten below them.
struct Decimal: Equatable {
    let digits: Int64
    /// Digits after the point.
    let places: Int

    /// Nil for anything but digits with at most one sign and one point, or more than eighteen digits that count; an exponent
    /// (`1.5e-05`) is taken too.
    init?(_ text: ArraySlice<UInt8>) {
        var digits: Int64 = 0
        var places = 0
        var isAfterPoint = false
        var hasDigit = false
        var place = text.startIndex
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative || text.first == UInt8(ascii: "+") { place += 1 }
        while place < text.endIndex {
            let byte = text[place]
            switch byte {
            case 48...57:
                hasDigit = true
                // Beyond eighteen digits nothing after the point can matter.
                guard digits < 100_000_000_000_000_000 else {
                    guard isAfterPoint else { return nil }
                    break
                }
                digits = digits * 10 + Int64(byte - 48)
                if isAfterPoint { places += 1 }
            case UInt8(ascii: ".") where !isAfterPoint:
                isAfterPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard hasDigit, let power = Int(String(decoding: text[(place + 1)...], as: UTF8.self)), abs(power) < 30
                else { return nil }
                places -= power
                place = text.endIndex - 1
            default:
                return nil
            }
            place += 1
        }
        guard hasDigit else { return nil }
        self.digits = isNegative ? -digits : digits
        self.places = places
    }

    /// In units of ten to the minus `wanted`, the nearest; nil when it does not fit.
    func whole(places wanted: Int) -> Int64? {
        var value = Int128(digits)
        if places <= wanted {
            guard wanted - places <= 18 else { return nil }
            for _ in 0..<(wanted - places) { value *= 10 }
        } else {
            guard places - wanted <= 30 else { return 0 }
            var divisor: Int128 = 1
            for _ in 0..<(places - wanted) { divisor *= 10 }
            let half = value < 0 ? -divisor / 2 : divisor / 2
            value = (value + half) / divisor
        }
        return Int64(exactly: value)
    }

    var approximate: Double {
        var power = 1.0
        for _ in 0..<abs(places) { power *= 10 }
        return places >= 0 ? Double(digits) / power : Double(digits) * power
    }
}
