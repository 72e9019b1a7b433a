/// Reads JSON text (RFC 8259) step by step without building a tree: what a device sends is small and comes often.
///
/// It keeps a place in the bytes and moves on; what it does not like it says with the place. It never looks past the end.
struct JSONReader {
    enum Kind {
        case object, array, string, number, literal
    }

    private let bytes: [UInt8]
    private(set) var place = 0

    /// Nesting beyond it is refused, so that no body can exhaust the stack.
    private static let deepest = 16

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether nothing but white space is left.
    mutating func isAtEnd() -> Bool {
        skipSpace()
        return place >= bytes.count
    }

    /// What comes next, without taking it.
    mutating func kind() throws -> Kind {
        skipSpace()
        guard place < bytes.count else { throw fault("it ends too early") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: return .literal
        }
    }

    /// Takes the byte if it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws {
        guard take(byte) else { throw fault("'\(Character(Unicode.Scalar(byte)))' is missing") }
    }

    /// true, false or null; nil for null.
    mutating func literal() throws -> Bool? {
        if matches("true") { return true }
        if matches("false") { return false }
        if matches("null") { return nil }
        throw fault("a value is expected")
    }

    mutating func string() throws -> String {
        try expect(UInt8(ascii: "\""))
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\"),
            bytes[place] >= 32
        {
            place += 1
        }
        guard place < bytes.count else { throw fault("a text does not end") }
        if bytes[place] == UInt8(ascii: "\"") {
            defer { place += 1 }
            return try text(bytes[start..<place])
        }
        return try escapedString(from: start)
    }

    private mutating func escapedString(from start: Int) throws -> String {
        var unescaped = Array(bytes[start..<place])
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case UInt8(ascii: "\\"): unescaped.append(contentsOf: try escape().utf8)
            case 0..<32: throw fault("a control character stands in a text")
            default: unescaped.append(byte)
            }
        }
        throw fault("a text does not end")
    }

    private func text(_ slice: ArraySlice<UInt8>) throws -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fault("a text is not UTF-8") }
        return text
    }

    private mutating func escape() throws -> String {
        guard place < bytes.count else { throw fault("a text does not end") }
        defer { place += 1 }
        switch bytes[place] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(Character(try scalar()))
        default: throw fault("an escape is unknown")
        }
    }

    /// A `\u` escape, with its second half when it is a surrogate. Leaves the place on its last digit.
    private mutating func scalar() throws -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\"),
            bytes[place + 2] == UInt8(ascii: "u")
        else { throw fault("half a surrogate pair") }
        place += 2
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half a surrogate pair") }
        return scalar
    }

    /// The four digits after the `u` at the place.
    private mutating func hexadecimal() throws -> UInt32 {
        guard place + 4 < bytes.count else { throw fault("an escape ends too early") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            place += 1
            guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
                throw fault("an escape is not hexadecimal")
            }
            value = value << 4 + UInt32(digit)
        }
        return value
    }

    /// Moves over one value of any kind.
    mutating func skip(depth: Int = 0) throws {
        guard depth < Self.deepest else { throw fault("it is nested too deeply") }
        switch try kind() {
        case .string: _ = try string()
        case .number: _ = try number()
        case .literal: _ = try literal()
        case .array:
            try expect(UInt8(ascii: "["))
            if take(UInt8(ascii: "]")) { return }
            repeat { try skip(depth: depth + 1) } while take(UInt8(ascii: ","))
            try expect(UInt8(ascii: "]"))
        case .object:
            try members { reader, _ in try reader.skip(depth: depth + 1) }
        }
    }

    /// Goes through the members of an object; `body` takes the value of each.
    mutating func members(_ body: (inout JSONReader, String) throws -> Void) throws {
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return }
        repeat {
            guard try kind() == .string else { throw fault("a name is missing") }
            let name = try string()
            try expect(UInt8(ascii: ":"))
            try body(&self, name)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    func fault(_ what: String) -> IngestError {
        IngestError(.malformed, "the body is not JSON: at byte \(place + 1) \(what)")
    }

    private mutating func matches(_ word: StaticString) -> Bool {
        skipSpace()
        let letters = word.utf8CodeUnitCount
        guard place + letters <= bytes.count else { return false }
        let isSame = bytes[place..<place + letters].elementsEqual("\(word)".utf8)
        if isSame { place += letters }
        return isSame
    }

    private mutating func skipSpace() {
        while place < bytes.count,
            bytes[place] == 32 || (9...13).contains(bytes[place]) && bytes[place] != 11 && bytes[place] != 12
        { place += 1 }
    }
}

extension JSONReader {
    /// A number by its digits; the grammar is JSON's: no leading zeros or plus, digits on both sides of a point.
    mutating func number() throws -> JSONNumber {
        skipSpace()
        let start = place
        let isNegative = take(UInt8(ascii: "-"))
        var digits = DigitCollector()
        let whole = place
        takeDigits(&digits)
        guard place > whole, place == whole + 1 || bytes[whole] != UInt8(ascii: "0") else {
            throw fault("a number is malformed")
        }
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            let fraction = place
            digits.isFraction = true
            takeDigits(&digits)
            guard place > fraction else { throw fault("a number is malformed") }
        }
        let power = try exponent()
        let exponent = digits.exponent + power
        return JSONNumber(
            digits: isNegative ? -digits.value : digits.value, exponent: exponent,
            value: digits.isExact && abs(exponent) <= 22 && digits.value < 1 << 53
                ? Self.exact(isNegative ? -digits.value : digits.value, exponent) : try inexact(bytes[start..<place]))
    }

    private mutating func takeDigits(_ digits: inout DigitCollector) {
        while place < bytes.count, (48...57).contains(bytes[place]) {
            digits.take(bytes[place] - 48)
            place += 1
        }
    }

    private mutating func exponent() throws -> Int {
        guard place < bytes.count, bytes[place] | 32 == UInt8(ascii: "e") else { return 0 }
        place += 1
        let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
        if isNegative || (place < bytes.count && bytes[place] == UInt8(ascii: "+")) { place += 1 }
        let start = place
        var power = 0
        while place < bytes.count, (48...57).contains(bytes[place]) {
            power = min(100_000, power * 10 + Int(bytes[place] - 48))
            place += 1
        }
        guard place > start else { throw fault("a number is malformed") }
        return isNegative ? -power : power
    }

    /// Both figures are exact in a double, so their quotient or product is rounded once, as it should be (W. D. Clinger, "How to
    /// Read Floating Point Numbers Accurately", 1990).
    private static func exact(_ digits: Int64, _ exponent: Int) -> Double {
        exponent < 0 ? Double(digits) / tens[-exponent] : Double(digits) * tens[exponent]
    }

    private static let tens: [Double] = (0...22).map { power in (0..<power).reduce(1.0) { product, _ in product * 10 } }

    private func inexact(_ slice: ArraySlice<UInt8>) throws -> Double {
        guard let value = Double(String(decoding: slice, as: UTF8.self)) else { throw fault("a number is malformed") }
        return value
    }
}

/// The first eighteen digits of a number, and where its point stands.
private struct DigitCollector {
    var isFraction = false
    private(set) var value: Int64 = 0
    private(set) var exponent = 0
    private(set) var isExact = true

    private static let full: Int64 = 100_000_000_000_000_000

    mutating func take(_ digit: UInt8) {
        if value < Self.full {
            value = value * 10 + Int64(digit)
            if isFraction { exponent -= 1 }
        } else {
            isExact = isExact && digit == 0
            if !isFraction { exponent += 1 }
        }
    }
}
