import Foundation

/// Counts of so many things, each of two bytes, that are stored as text of few letters.
struct CountTable: Equatable, Sendable {
    private var counts: [UInt16]

    init(count: Int) {
        counts = Array(repeating: 0, count: count)
    }

    var indices: Range<Int> { counts.indices }

    subscript(index: Int) -> Int {
        get { Int(counts[index]) }
        set { counts[index] = UInt16(clamping: newValue) }
    }

    func sum(_ range: ClosedRange<Int>) -> Int {
        counts[range].reduce(0) { $0 + Int($1) }
    }

    mutating func halve() {
        for index in counts.indices { counts[index] /= 2 }
    }

    var total: Int { counts.reduce(0) { $0 + Int($1) } }
    var last: Int? { counts.lastIndex { $0 > 0 } }
    var ones: Int { counts.count { $0 == 1 } }
}

extension CountTable: Codable {
    /// Seven bits a byte, the lowest first, then Base64: most counts are small.
    func encode(to encoder: any Encoder) throws {
        var bytes: [UInt8] = []
        for count in counts {
            var rest = count
            while rest >= 128 {
                bytes.append(UInt8(rest & 127) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes).base64EncodedString())
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let bytes = Data(base64Encoded: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "counts are not Base64")
        }
        counts = []
        var (count, shift) = (0, 0)
        for byte in bytes {
            count |= Int(byte & 127) << shift
            shift += 7
            guard byte < 128 || shift > 14 else { continue }
            counts.append(UInt16(clamping: count))
            (count, shift) = (0, 0)
        }
    }
}
