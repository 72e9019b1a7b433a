import Foundation
import HTTPTypes
import Hummingbird
import Secrets
import Store
import Synchronization

/// How people come in and go out.
struct PeopleRoutes: Sendable {
    let premises: Premises
    let login: Login

    init(_ premises: Premises) {
        self.premises = premises
        login = Login(premises)
    }

    var endpoints: [Endpoint] {
        [
            .post(
                "/v1/login", .open, "Logs a person in by name or mail address.",
                body: .object([("email", .text), ("password", .text)]),
                answer: .object([("success", .boolean), ("token", .text), ("account", Self.account)]), logIn),
            .post("/v1/logout", .person, "Ends the session.", logOut),
            .post(
                "/v1/password", .person, "Changes the own password and ends the person's other sessions.",
                body: .object([("old", .text), ("new", .text)]), changePassword),
            .get(
                "/v1/me", .person, "Who is logged in.",
                answer: .object([("account", Self.account), ("household", .anything)], optional: ["household"]), me),
        ]
    }

    private static let account = Shape.object(
        [
            ("id", .integer()), ("name", .text), ("email", .text), ("role", .choice(["household", "admin"])),
            ("household", .text),
        ], optional: ["household"])

    struct AccountView: Encodable {
        let id: Int64
        let name: String
        let email: String
        let role: String
        let household: String?

        init(_ person: Person) {
            id = person.id
            name = person.name
            email = person.email
            role = person.role.rawValue
            household = person.householdSlug
        }
    }

    private struct Credentials: Decodable {
        let email: String
        let password: String
    }

    private struct LoggedIn: Encodable {
        let success = true
        let token: String
        let account: AccountView
    }

    private func logIn(_ call: Call) async throws -> Response {
        let typed = try await call.body(Credentials.self)
        let (person, token) = try await login.logIn(
            typed.email, typed.password, from: call.context.address, at: call.now)
        var response = Response.json(LoggedIn(token: token.text, account: AccountView(person)))
        response.headers[.setCookie] = SessionCookie.setting(
            token.text, seconds: Login.lifetime, isSecure: premises.settings.isSecure)
        return response
    }

    private func logOut(_ call: Call) async throws -> Response {
        if let text = Doorkeeper.sessionToken(of: call.request), let token = Token(text, as: .session) {
            try await premises.stores.sessions.end(tokenHash: token.digest.hex, at: call.now)
            premises.doorkeeper.forget(token)
        }
        var response = Response.json(Done())
        response.headers[.setCookie] = SessionCookie.removing(isSecure: premises.settings.isSecure)
        return response
    }

    private struct PasswordChange: Decodable {
        let old: String
        let new: String
    }

    private func changePassword(_ call: Call) async throws -> Response {
        let person = try call.account()
        let change = try await call.body(PasswordChange.self)
        guard (10...1000).contains(change.new.count) else {
            throw Refusal.invalid("new", "A password has at least 10 characters.")
        }
        try login.admit(person.name, from: call.context.address, at: call.now)
        let credentials = try await premises.stores.accounts.credentials(of: person.id)
        guard try await premises.passwords.verify(change.old, against: credentials?.passwordHash) else {
            throw Refusal.invalid("old", "The old password is not right.")
        }
        login.succeeded(person.name, from: call.context.address)
        let hash = try await premises.passwords.hash(change.new)
        let session = Doorkeeper.sessionToken(of: call.request).flatMap { Token($0, as: .session) }
        try await premises.stores.accounts.setPassword(hash, of: person.id, keeping: session?.digest.hex, at: call.now)
        premises.doorkeeper.forgetAll(of: person.id)
        return .json(Done())
    }

    private struct Me: Encodable {
        struct Home: Encodable {
            let slug: String
            let name: String
            let locale: String
            let zone: String
        }

        let account: AccountView
        let household: Home?
    }

    private func me(_ call: Call) async throws -> Response {
        let person = try call.account()
        var home: Me.Home?
        if let slug = person.householdSlug, let own = try await premises.stores.households.household(named: slug) {
            home = Me.Home(slug: own.slug, name: own.name, locale: own.locale, zone: own.zone.identifier)
        }
        return .json(Me(account: AccountView(person), household: home))
    }
}
