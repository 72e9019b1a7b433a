import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import Secrets
import Store
import Synchronization

/// Says who calls: a device by its token, a person by a session.
final class Doorkeeper: Sendable {
    private struct Known: Sendable {
        let person: Person
        let seen: Date
    }

    private let stores: DaemonStores
    private let roster: DeviceRoster
    private let settings: DaemonSettings
    /// Sessions that were looked up lately, so that a page that asks often costs no query each time.
    private let sessions = Mutex<[Digest: Known]>([:])

    /// Seconds for which a session that was looked up is believed.
    private static let trust = 2.0
    private static let mostKnown = 10_000

    init(_ stores: DaemonStores, _ roster: DeviceRoster, _ settings: DaemonSettings) {
        self.stores = stores
        self.roster = roster
        self.settings = settings
    }

    /// Lets a call in, or refuses it.
    ///
    /// - Returns: who calls; nil where nobody need be known.
    func person(for endpoint: Endpoint, _ request: Request, at now: Date) async throws -> Person? {
        switch endpoint.audience {
        case .open, .device: return nil
        case .legacy where settings.isLegacy: return try await person(request, at: now)
        case .person, .legacy, .admin:
            guard let person = try await person(request, at: now) else { throw Refusal.notLoggedIn }
            if endpoint.method != .get, Self.bearer(request) == nil, !SameOrigin.holds(for: request) {
                throw Refusal.otherOrigin
            }
            if endpoint.audience == .admin, !person.isAdmin { throw Refusal.notAllowed }
            return person
        }
    }

    /// Whoever is logged in; nil for a stranger.
    func person(_ request: Request, at now: Date) async throws -> Person? {
        try await person(withToken: Self.sessionToken(of: request), at: now)
    }

    /// Whose session a token is; nil for a stranger.
    func person(withToken text: String?, at now: Date) async throws -> Person? {
        guard let text, let token = Token(text, as: .session) else { return nil }
        let digest = token.digest
        let known = sessions.withLock { $0[digest] }
        if let known, now.timeIntervalSince(known.seen) < Self.trust { return known.person }
        do {
            guard let person = try await stores.sessions.person(tokenHash: digest.hex, at: now) else {
                sessions.withLock { $0[digest] = nil }
                return nil
            }
            sessions.withLock { sessions in
                if sessions.count >= Self.mostKnown { sessions.removeAll() }
                sessions[digest] = Known(person: person, seen: now)
            }
            return person
        } catch  where error.isDatabaseAway {
            // Who was let in a moment ago may go on looking while the database is away.
            guard let known else { throw error }
            return known.person
        }
    }

    /// Forgets sessions, so that the end of one counts at once.
    func forget(_ token: Token) {
        sessions.withLock { $0[token.digest] = nil }
    }

    func forgetAll(of account: Int64) {
        sessions.withLock { sessions in sessions = sessions.filter { $0.value.person.id != account } }
    }

    /// The device whose token the request shows. In the original's mode a device without one is let in where it is the only one.
    func device(_ request: Request) async throws -> DeviceSlot {
        guard let text = Self.bearer(request) else {
            if settings.isLegacy, let only = roster.onlyDevice { return only }
            throw Refusal.unknownDevice
        }
        if let slot = roster.member(withToken: Digest(of: text))?.slot { return slot }
        guard !roster.isLoaded else { throw Refusal.unknownDevice }
        throw Refusal(
            .serviceUnavailable, "starting", "The devices are not known yet; please send it again.", retryAfter: 2)
    }

    static func bearer(_ request: Request) -> String? {
        bearer(in: request.headers)
    }

    private static func bearer(in headers: HTTPFields) -> String? {
        guard let text = headers[.authorization] else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1]).trimmingCharacters(in: .whitespaces)
    }

    /// The same of a request's headers alone.
    static func sessionToken(in headers: HTTPFields) -> String? {
        bearer(in: headers) ?? SessionCookie.token(in: headers[values: .cookie])
    }

    /// The session of a request, by header or cookie.
    static func sessionToken(of request: Request) -> String? {
        sessionToken(in: request.headers)
    }
}
