package import Billing
package import Metering
package import Postgres

/// Tariffs as texts, and which household has which from when on.
package struct TariffStore: Sendable {
    private let database: Database
    /// Tariffs that were read, so that each text is read once.
    package let shelf = TariffShelf()

    package init(_ database: Database) {
        self.database = database
    }

    /// A tariff with the mark of the very text it was read from.
    package struct InForce: Sendable {
        package let tariff: Tariff
        package let sha256: String
        package let text: String
    }

    /// Keeps a tariff's text; the same text is kept once.
    ///
    /// - Throws: ``BillingError`` when it is no tariff; then nothing is stored.
    package func save(_ yaml: String) async throws -> Tariff {
        let tariff = try Tariff(yaml: yaml)
        try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO tariff (tariff_id, body_sha256, body)
                VALUES (\(tariff.id), encode(sha256(convert_to(\(yaml), 'UTF8')), 'hex'), \(yaml))
                ON CONFLICT (tariff_id, body_sha256) DO UPDATE SET loaded_at = clock_timestamp()
                """)
        }
        return tariff
    }

    /// From `first` on the household is billed by the tariff.
    package func assign(_ tariff: String, to household: Household, from first: LocalDate) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO household_tariff (household_id, from_day, tariff_id)
                VALUES (\(household.id), \(first)::date, \(tariff))
                ON CONFLICT (household_id, from_day) DO UPDATE SET tariff_id = excluded.tariff_id
                """)
        }
    }

    /// The tariff of the household on `day`, in its newest text; nil when it has none.
    package func tariff(of household: Household, on day: LocalDate) async throws -> InForce? {
        let mark = try await database.run { connection in
            try connection.first(
                """
                SELECT body_sha256 FROM tariff WHERE tariff_id = (
                    SELECT tariff_id FROM household_tariff
                    WHERE household_id = \(household.id) AND from_day <= \(day)::date ORDER BY from_day DESC LIMIT 1)
                ORDER BY loaded_at DESC LIMIT 1
                """, { (sha256: String) in sha256 })
        }
        guard let mark else { return nil }
        if let known = await shelf.known(mark) { return known }
        let text = try await database.run { connection in
            try connection.first(
                "SELECT body FROM tariff WHERE body_sha256 = \(mark) LIMIT 1", { (text: String) in text })
        }
        guard let text else { throw StoreError(.absent, "the text of a tariff is gone: \(mark)") }
        return try await shelf.put(text, sha256: mark)
    }
}
