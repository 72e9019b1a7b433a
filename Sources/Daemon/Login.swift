import Foundation
import Secrets
import Store

/// Lets people in by name and password, and slows down who guesses.
final class Login: Sendable {
    private let premises: Premises
    private let limiter = TryLimiter()

    /// Seconds for which a session lasts.
    static let lifetime = 30 * 86_400
    /// Passwords beyond it are not looked at.
    private static let longestPassword = 1000

    init(_ premises: Premises) {
        self.premises = premises
    }

    /// The person, and the token of a new session; devices provisioned for the household's number become its own.
    ///
    /// - Throws: ``Refusal``: the same one whether the name or the password is wrong.
    func logIn(_ name: String, _ password: String, from address: String, at now: Date) async throws -> (Person, Token) {
        try admit(name, from: address, at: now)
        let credentials = try await premises.stores.accounts.credentials(named: name)
        guard password.utf8.count <= Self.longestPassword,
            try await premises.passwords.verify(password, against: credentials?.passwordHash), let credentials
        else { throw Refusal(.unauthorized, "wrong_credentials", "Name or password is wrong.") }
        succeeded(name, from: address)
        if PasswordHash.needsRehash(credentials.passwordHash) {
            try await premises.stores.accounts.rehash(
                try await premises.passwords.hash(password), of: credentials.person.id, at: now)
        }
        if let household = credentials.person.household {
            let linked = try await premises.stores.devices.linkByConsumerNumber(for: household)
            if !linked.isEmpty { try await premises.roster.reload(linked.map(\.id)) }
        }
        let token = try Token(.session)
        try await premises.stores.sessions.start(
            tokenHash: token.digest.hex, of: credentials.person.id, at: now,
            expiresAt: now.addingTimeInterval(Double(Self.lifetime)))
        return (credentials.person, token)
    }

    /// - Throws: ``Refusal`` with the seconds to wait.
    func admit(_ name: String, from address: String, at now: Date) throws {
        try limiter.admit(name: name, address: address, at: now)
    }

    func succeeded(_ name: String, from address: String) {
        limiter.succeeded(name: name, address: address)
    }
}
