package import Foundation
package import Postgres

/// Who may log in, with passwords as Argon2id hashes only.
package struct AccountStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Enters a person: of a household by its number, or an admin without one.
    ///
    /// - Throws: ``StoreError`` of kind `conflict` when the name or the mail address is taken, in whatever case.
    package func add(
        name: String, email: String, passwordHash: String, household: Int64?, at now: Date
    ) async throws -> Person {
        let role: Person.Role = household == nil ? .admin : .household
        return try await database.run { connection in
            try connection.transaction {
                let id = try StoreError.onDuplicate("there is an account '\(name)' or '\(email)' already") {
                    try connection.first(
                        """
                        INSERT INTO account (name, email, password_hash, role, household_id, created_at)
                        VALUES (\(name), \(email), \(passwordHash), \(role.rawValue), \(household), \(now))
                        RETURNING account_id
                        """, { (id: Int64) in id })
                }
                let saved = try connection.first(
                    "SELECT \(Person.columns) FROM \(Person.tables) WHERE account_id = \(id)", Person.fromRow)
                guard let saved else {
                    throw StoreError(.absent, "the account '\(name)' is gone right after it was saved")
                }
                return saved
            }
        }
    }

    /// Everybody by name, also those who were disabled.
    package func all() async throws -> [Person] {
        try await database.run { connection in
            try connection.query(
                "SELECT \(Person.columns) FROM \(Person.tables) ORDER BY lower(account.name)", Person.fromRow)
        }
    }

    package func person(_ id: Int64) async throws -> Person? {
        try await database.run { connection in
            try connection.first(
                "SELECT \(Person.columns) FROM \(Person.tables) WHERE account_id = \(id)", Person.fromRow)
        }
    }

    /// Who has this name or mail address, read without regard to case; also one who was disabled.
    package func person(named name: String) async throws -> Person? {
        try await database.run { connection in
            try connection.first(
                "SELECT \(Person.columns) FROM \(Person.tables) WHERE \(Self.isNamed(name))", Person.fromRow)
        }
    }

    /// What a login by this name or mail address is checked against; nil when nobody has it, or one who was disabled.
    package func credentials(named name: String) async throws -> Credentials? {
        try await credentials("\(Self.isNamed(name)) AND account.disabled_at IS NULL")
    }

    /// The same by the account's number, for a change of the password.
    package func credentials(of account: Int64) async throws -> Credentials? {
        try await credentials("account.account_id = \(account) AND account.disabled_at IS NULL")
    }

    private func credentials(_ condition: SQL) async throws -> Credentials? {
        try await database.run { connection in
            let person = try connection.first(
                "SELECT \(Person.columns) FROM \(Person.tables) WHERE \(condition)", Person.fromRow)
            guard let person else { return nil }
            let hash = try connection.first(
                "SELECT password_hash FROM account WHERE account_id = \(person.id)", { (hash: String) in hash })
            return hash.map { Credentials(person: person, passwordHash: $0) }
        }
    }

    /// No name holds an @ and every mail address does, so that at most one account is meant.
    private static func isNamed(_ name: String) -> SQL {
        "(lower(account.name) = lower(\(name)) OR lower(account.email) = lower(\(name)))"
    }

    /// Sets another password and ends the person's sessions.
    ///
    /// - Parameter session: the digest of the session that goes on, of the person who changed it.
    package func setPassword(
        _ passwordHash: String, of account: Int64, keeping session: String? = nil, at now: Date
    ) async throws {
        try await change(
            account, "password_hash = \(passwordHash)", ending: "token_sha256 IS DISTINCT FROM \(session)", at: now)
    }

    /// Stores the same password by other costs: nobody has to log in again.
    package func rehash(_ passwordHash: String, of account: Int64, at now: Date) async throws {
        try await change(account, "password_hash = \(passwordHash)", ending: "false", at: now)
    }

    /// Lets the person in no more and ends the sessions. Disabling twice keeps the first instant.
    package func disable(_ account: Int64, at now: Date) async throws {
        try await change(account, "disabled_at = coalesce(disabled_at, \(now))", ending: "true", at: now)
    }

    private func change(_ account: Int64, _ assignment: SQL, ending sessions: SQL, at now: Date) async throws {
        try await database.run { connection in
            try connection.transaction {
                let count = try connection.execute("UPDATE account SET \(assignment) WHERE account_id = \(account)")
                guard count == 1 else { throw StoreError(.absent, "there is no account of the number \(account)") }
                try connection.execute(
                    """
                    UPDATE session SET ended_at = \(now)
                    WHERE account_id = \(account) AND ended_at IS NULL AND \(sessions)
                    """)
            }
        }
    }
}
