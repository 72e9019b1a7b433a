import CSodium
import Foundation

/// Passwords as they are stored: Argon2id with a salt of its own, in libsodium's text form.
///
/// Each call takes 64 MiB of memory and tens of milliseconds of one core: call it off the threads that serve others, a few at
/// once at the most.
package enum PasswordHash {
    /// Two hashes of one password differ.
    ///
    /// - Throws: ``SecretsError`` when there is no memory for it.
    package static func hash(_ password: String) throws -> String {
        try Sodium.prepare()
        let typed = bytes(of: password)
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let status = crypto_pwhash_str_alg(
            &text, typed, UInt64(typed.count), operations, memory, crypto_pwhash_ALG_ARGON2ID13)
        guard status == 0 else { throw SecretsError(.unavailable, "no memory to hash a password") }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether `stored` was made from this password; false too when it is no hash.
    package static func verify(_ password: String, against stored: String) -> Bool {
        let typed = bytes(of: password)
        return crypto_pwhash_str_verify(stored, typed, UInt64(typed.count)) == 0
    }

    /// Whether a hash was made with other costs than those of today: make it again at the next login.
    package static func needsRehash(_ stored: String) -> Bool {
        crypto_pwhash_str_needs_rehash(stored, operations, memory) != 0
    }

    /// The hash of a password that nobody knows: verify against it when there is no account, so that the answer takes as long.
    package static func ofNobody() throws -> String {
        try hash(Token(.session).text)
    }

    /// The "interactive" costs of libsodium.
    private static let operations = UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE)
    private static let memory = Int(crypto_pwhash_MEMLIMIT_INTERACTIVE)

    /// The same bytes for the same letters, whichever way a keyboard composes them (RFC 8265, 4.2.2).
    private static func bytes(of password: String) -> [CChar] {
        password.precomposedStringWithCanonicalMapping.utf8.map { CChar(bitPattern: $0) }
    }
}
