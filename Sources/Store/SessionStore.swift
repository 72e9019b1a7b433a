package import Foundation
package import Postgres

/// Who is logged in; tokens come as their SHA-256 in hexadecimal.
package struct SessionStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// - Throws: ``StoreError`` of kind `conflict` when the token is known already.
    package func start(tokenHash: String, of account: Int64, at now: Date, expiresAt end: Date) async throws {
        try await database.run { connection in
            try StoreError.onDuplicate("this token is known already") {
                try connection.execute(
                    """
                    INSERT INTO session (token_sha256, account_id, created_at, expires_at)
                    VALUES (\(tokenHash), \(account), \(now), \(end))
                    """)
            }
        }
    }

    /// Whose session it is; nil when there is none, or it has ended or expired, or the person was disabled.
    package func person(tokenHash: String, at now: Date) async throws -> Person? {
        try await database.run { connection in
            try connection.first(
                """
                SELECT \(Person.columns) FROM \(Person.tables)
                JOIN session ON session.account_id = account.account_id
                WHERE session.token_sha256 = \(tokenHash) AND session.ended_at IS NULL AND session.expires_at > \(now)
                AND account.disabled_at IS NULL
                """, Person.fromRow)
        }
    }

    package func end(tokenHash: String, at now: Date) async throws {
        try await database.run { connection in
            try connection.execute(
                "UPDATE session SET ended_at = \(now) WHERE token_sha256 = \(tokenHash) AND ended_at IS NULL")
        }
    }

    package func endAll(of account: Int64, at now: Date) async throws {
        try await database.run { connection in
            try connection.execute(
                "UPDATE session SET ended_at = \(now) WHERE account_id = \(account) AND ended_at IS NULL")
        }
    }

    /// Removes what has expired or ended before `instant`.
    ///
    /// - Returns: how many.
    @discardableResult
    package func remove(before instant: Date) async throws -> Int {
        try await database.run { connection in
            try connection.execute("DELETE FROM session WHERE expires_at < \(instant) OR ended_at < \(instant)")
        }
    }
}
