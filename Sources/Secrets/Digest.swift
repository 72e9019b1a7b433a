import CSodium

/// The SHA-256 of a text or of bytes, kept inline: a key of dictionaries that costs no memory of its own.
package struct Digest: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of a text's UTF-8.
    package init(of text: String) {
        var text = text
        self = text.withUTF8 { Digest(hashing: UnsafeRawBufferPointer($0)) }
    }

    package init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Digest(hashing: $0) }
    }

    /// - Parameter hex: 64 digits, of either case; nil for anything else.
    package init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == Self.size * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(of: digits[index]), let low = Self.value(of: digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        words = bytes.withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
    }

    private init(hashing bytes: UnsafeRawBufferPointer) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutablePointer(to: &words) { place in
            place.withMemoryRebound(to: UInt8.self, capacity: Self.size) { output in
                // Never fails, whatever the bytes.
                _ = crypto_hash_sha256(
                    output, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, UInt64(bytes.count))
            }
        }
        self.words = words
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        withUnsafeBytes(of: words) { Array($0) }
    }

    /// 64 lower-case digits, as a token is stored.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Takes the same time wherever the first difference lies.
    package static func == (one: Digest, other: Digest) -> Bool {
        let difference =
            one.words.0 ^ other.words.0 | one.words.1 ^ other.words.1 | one.words.2 ^ other.words.2
            | one.words.3 ^ other.words.3
        return difference == 0
    }

    /// A digest is as good as random: one of its words tells two apart.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }

    private static let size = Int(crypto_hash_sha256_BYTES)

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
