import CSodium

/// The library, made ready once before its first use.
enum Sodium {
    private static let isReady = sodium_init() >= 0

    /// - Throws: ``SecretsError`` when the system gives no random numbers: then nothing secret can be made.
    static func prepare() throws {
        guard isReady else { throw SecretsError(.unavailable, "libsodium cannot be used: no source of random numbers") }
    }

    /// Bytes that nobody can guess.
    static func randomBytes(_ count: Int) throws -> [UInt8] {
        try prepare()
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}
