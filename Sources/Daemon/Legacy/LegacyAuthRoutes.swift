import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The original's registration and login, as its app speaks them.
struct LegacyAuthRoutes: Sendable {
    let premises: Premises
    let login: Login

    var endpoints: [Endpoint] {
        [
            .post(
                "/api/auth/register", .open, "Registers a household's account (in the original's mode only).",
                body: .object([("username", .text), ("email", .text), ("consumer_number", .text), ("password", .text)]),
                answer: .object([("message", .text)]), register),
            .post(
                "/api/auth/login", .open, "Logs in by mail address or name, as the original's app does.",
                body: .object([("email", .text), ("password", .text)]),
                answer: .object([("message", .text), ("token", .text), ("user", .anything)]), logIn),
        ]
    }

    private struct Credentials: Decodable {
        let email: String?
        let username: String?
        let password: String
    }

    private func logIn(_ call: Call) async throws -> Response {
        let typed = try await call.body(Credentials.self)
        guard let name = typed.email ?? typed.username else { throw Refusal.invalid("email", "email is missing.") }
        do {
            let (person, token) = try await login.logIn(name, typed.password, from: call.context.address, at: call.now)
            let household = try await household(of: person)
            return .json(
                [
                    "message": "Login successful", "token": .text(token.text),
                    "user": [
                        "id": .integer(person.id), "username": .text(person.name), "email": .text(person.email),
                        "consumer_number": .text(household?.consumerNumber ?? ""),
                    ],
                ] as Document)
        } catch let refusal as Refusal where refusal.code == "wrong_credentials" {
            throw Refusal(.badRequest, refusal.code, "Invalid credentials")
        }
    }

    private func household(of person: Person) async throws -> Household? {
        guard let slug = person.householdSlug else { return nil }
        return try await premises.stores.households.household(named: slug)
    }

    private struct Registration: Decodable {
        let username: String
        let email: String
        let consumer_number: String
        let password: String
    }

    /// Whoever knows a consumer number may register for its household as long as nobody has: on a trusted network only.
    private func register(_ call: Call) async throws -> Response {
        guard premises.settings.isLegacy else {
            throw Refusal(.forbidden, "not_allowed", "Please ask whoever runs this installation for an account.")
        }
        let new = try await call.body(Registration.self)
        try premises.claims.admit(name: new.username, address: call.context.address, at: call.now)
        try Self.check(new)
        let everybody = try await premises.stores.accounts.all()
        let all = try await premises.stores.households.all().households
        guard let household = all.first(where: { $0.consumerNumber == new.consumer_number }) else {
            throw Refusal.invalid("consumer_number", "This consumer number is not known here.")
        }
        guard !everybody.contains(where: { $0.household == household.id }) else {
            throw Refusal.invalid("consumer_number", "This consumer number has an account already.")
        }
        do {
            _ = try await premises.stores.accounts.add(
                name: new.username, email: new.email, passwordHash: try await premises.passwords.hash(new.password),
                household: household.id, at: call.now)
        } catch let error as StoreError where error.kind == .conflict {
            throw Refusal.invalid("username", "This name or mail address is taken.")
        }
        premises.claims.succeeded(name: new.username, address: call.context.address)
        return .json(["message": "Registration successful"] as Document, status: .created)
    }

    private static func check(_ new: Registration) throws {
        guard (1...64).contains(new.username.count), !new.username.contains("@") else {
            throw Refusal.invalid("username", "A name has 1 to 64 characters and no @.")
        }
        guard new.email.count <= 254, new.email.contains("@"), !new.email.contains(where: \.isWhitespace) else {
            throw Refusal.invalid("email", "This is not a mail address.")
        }
        guard (10...1000).contains(new.password.count) else {
            throw Refusal.invalid("password", "A password has at least 10 characters.")
        }
    }
}
