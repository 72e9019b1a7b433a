/// One line of a file: its bytes, and where its fields lie.
struct Line {
    let number: Int
    let bytes: ArraySlice<UInt8>
    let fields: [Range<Int>]

    subscript(column: Int) -> ArraySlice<UInt8> {
        bytes[fields[column]]
    }

    func text(_ column: Int) -> String {
        String(decoding: self[column], as: UTF8.self)
    }

    private static let quote = UInt8(ascii: "\"")

    /// Cuts at `separator`, leaves out blanks around a field and quotes that enclose it.
    init(number: Int, bytes: ArraySlice<UInt8>, separator: UInt8, expecting count: Int = 0) {
        self.number = number
        self.bytes = bytes
        var fields: [Range<Int>] = []
        fields.reserveCapacity(count)
        var start = bytes.startIndex
        var isQuoted = false
        for place in bytes.indices {
            let byte = bytes[place]
            if byte == Self.quote { isQuoted.toggle() }
            guard byte == separator, !isQuoted else { continue }
            fields.append(Self.trimmed(start..<place, of: bytes))
            start = place + 1
        }
        fields.append(Self.trimmed(start..<bytes.endIndex, of: bytes))
        self.fields = fields
    }

    private static func trimmed(_ range: Range<Int>, of bytes: ArraySlice<UInt8>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 32 { start += 1 }
        while start < end, bytes[end - 1] <= 32 { end -= 1 }
        guard end - start >= 2, bytes[start] == quote, bytes[end - 1] == quote else { return start..<end }
        return start + 1..<end - 1
    }
}
