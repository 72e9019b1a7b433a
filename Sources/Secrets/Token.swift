import CSodium

/// What a device or a person shows to be let in: 32 random bytes behind a prefix that tells what it is for.
///
/// It is told to its holder once; only its digest is stored.
package struct Token: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case device = "wbd_"
        /// Of a person's session, or of a program that acts for a person.
        case session = "wbs_"
    }

    /// The prefix and 43 characters of url-safe base64.
    package let text: String

    /// A new one that nobody has seen.
    ///
    /// - Throws: ``SecretsError`` when the system gives no random numbers.
    package init(_ kind: Kind) throws {
        let bytes = try Sodium.randomBytes(Self.size)
        let variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING
        var encoded = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
        sodium_bin2base64(&encoded, encoded.count, bytes, bytes.count, variant)
        text = kind.rawValue + String(decoding: encoded.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// - Parameter text: what somebody shows; nil when it cannot be a token of this kind.
    package init?(_ text: String, as kind: Kind) {
        guard text.utf8.count == kind.rawValue.utf8.count + Self.length, text.hasPrefix(kind.rawValue),
            text.utf8.dropFirst(kind.rawValue.utf8.count).allSatisfy(Self.isDigit)
        else { return nil }
        self.text = text
    }

    /// What is stored of it.
    package var digest: Digest { Digest(of: text) }

    private static let size = 32
    private static let length = 43

    private static func isDigit(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Token: CustomStringConvertible, CustomReflectable {
    /// Never the secret: a token that slips into a log says nothing.
    package var description: String { "\(text.prefix(4))…" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
