/// Walks over JSON text without building anything of it.
struct JSONScanner {
    /// Deeper nesting is refused: it has no use here and would cost the stack.
    private static let maximumDepth = 100

    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) {
        bytes = Array(text.utf8)
    }

    /// Whether the text is one value and no more.
    mutating func isValue() -> Bool {
        skipValue(depth: 0) && isAtEnd()
    }

    /// The values of the array that the text is, each as it was written; nil when it is none.
    mutating func elements() -> [String]? {
        var found: [String] = []
        guard take("[") else { return nil }
        guard !take("]") else { return isAtEnd() ? found : nil }
        repeat {
            skipSpace()
            let start = position
            guard skipValue(depth: 1) else { return nil }
            found.append(String(decoding: bytes[start..<position], as: UTF8.self))
        } while take(",")
        return take("]") && isAtEnd() ? found : nil
    }

    private mutating func isAtEnd() -> Bool {
        skipSpace()
        return position == bytes.count
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        return takeByte(UInt8(ascii: character))
    }

    private mutating func takeByte(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipValue(depth: Int) -> Bool {
        skipSpace()
        guard position < bytes.count, depth < Self.maximumDepth else { return false }
        switch bytes[position] {
        case UInt8(ascii: "{"): return skipObject(depth: depth)
        case UInt8(ascii: "["): return skipArray(depth: depth)
        case UInt8(ascii: "\""): return skipString()
        case UInt8(ascii: "t"): return skipWord("true")
        case UInt8(ascii: "f"): return skipWord("false")
        case UInt8(ascii: "n"): return skipWord("null")
        default: return skipNumber()
        }
    }

    private mutating func skipObject(depth: Int) -> Bool {
        guard take("{"), !take("}") else { return true }
        repeat {
            skipSpace()
            guard skipString(), take(":"), skipValue(depth: depth + 1) else { return false }
        } while take(",")
        return take("}")
    }

    private mutating func skipArray(depth: Int) -> Bool {
        guard take("["), !take("]") else { return true }
        repeat {
            guard skipValue(depth: depth + 1) else { return false }
        } while take(",")
        return take("]")
    }

    private mutating func skipString() -> Bool {
        guard takeByte(UInt8(ascii: "\"")) else { return false }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard skipEscape() else { return false }
            case ..<0x20: return false
            default: break
            }
        }
        return false
    }

    private mutating func skipEscape() -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        position += 1
        guard byte == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(byte) }
        let digits = bytes[position...].prefix(4)
        position += digits.count
        return digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private mutating func skipWord(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func skipNumber() -> Bool {
        _ = takeByte(UInt8(ascii: "-"))
        if !takeByte(UInt8(ascii: "0")) {
            guard skipDigits() else { return false }
        }
        if takeByte(UInt8(ascii: ".")) {
            guard skipDigits() else { return false }
        }
        if takeByte(UInt8(ascii: "e")) || takeByte(UInt8(ascii: "E")) {
            _ = takeByte(UInt8(ascii: "+")) || takeByte(UInt8(ascii: "-"))
            return skipDigits()
        }
        return true
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position > start
    }
}
