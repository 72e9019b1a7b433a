import CSodium

/// What a household types to take an unclaimed device: eight characters that cannot be taken for one another.
package struct ClaimCode: Hashable, Sendable {
    /// As it is shown: `ABCD-EFGH`.
    package let text: String

    /// A new one.
    ///
    /// - Throws: ``SecretsError`` when the system gives no random numbers.
    package init() throws {
        try Sodium.prepare()
        let digits = (0..<Self.length).map { _ in
            Self.alphabet[Int(randombytes_uniform(UInt32(Self.alphabet.count)))]
        }
        self.init(digits: digits)
    }

    /// - Parameter typed: read without regard to case, blanks and hyphens; nil when it cannot be a code.
    package init?(_ typed: String) {
        let digits = Array(typed.uppercased().filter { !$0.isWhitespace && $0 != "-" })
        guard digits.count == Self.length, digits.allSatisfy(Self.alphabet.contains) else { return nil }
        self.init(digits: digits)
    }

    private init(digits: [Character]) {
        text = String(digits.prefix(4)) + "-" + String(digits.dropFirst(4))
    }

    /// What is stored of it.
    package var digest: Digest { Digest(of: text) }

    private static let length = 8
    /// Without 0, 1, I, L and O.
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
}
