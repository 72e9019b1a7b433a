package import Control
package import Foundation
import Metering
package import Postgres

/// The limits that households have set themselves, and which shares of them were told.
package struct LimitStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// A household's limits; nil when it never set any.
    package func limits(of household: Int64) async throws -> StoredLimits? {
        try await database.run { connection in
            try connection.first("\(StoredLimits.columns) WHERE household_id = \(household)", StoredLimits.fromRow)
        }
    }

    /// The limits of all households that have set some, by household.
    package func all() async throws -> [StoredLimits] {
        try await database.run { connection in
            try connection.query("\(StoredLimits.columns) ORDER BY household_id", StoredLimits.fromRow)
        }
    }

    /// Sets a household's limits and what of them was told, as a ``LimitWatch`` that took them has it.
    package func save(_ watch: LimitWatch, of household: Int64, at now: Date) async throws {
        let limits = watch.limits
        try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO household_limit (household_id, power_w, day_mwh, month_mwh, changed_at, told)
                VALUES (\(household), \(limits.power), \(limits.day), \(limits.month), \(now), \(Self.words(watch.told)))
                ON CONFLICT (household_id) DO UPDATE SET power_w = excluded.power_w, day_mwh = excluded.day_mwh,
                    month_mwh = excluded.month_mwh, changed_at = excluded.changed_at, told = excluded.told
                """)
        }
    }

    /// Notes what was told; for a household that has no limits, nothing.
    package func note(_ told: Set<LimitStep>, of household: Int64) async throws {
        try await database.run { connection in
            try connection.execute(
                "UPDATE household_limit SET told = \(Self.words(told)) WHERE household_id = \(household)")
        }
    }

    private static func words(_ told: Set<LimitStep>) -> [String] {
        told.map(\.description).sorted()
    }
}

/// The limits of one household as they are kept.
package struct StoredLimits: Hashable, Sendable {
    package let household: Int64
    package let limits: HouseholdLimits
    package let told: Set<LimitStep>
    package let changedAt: Date

    fileprivate static let columns: SQL =
        "SELECT household_id, power_w, day_mwh, month_mwh, told, changed_at FROM household_limit"

    fileprivate static func fromRow(
        _ household: Int64, _ power: Double?, _ day: Energy?, _ month: Energy?, _ told: [String], _ changedAt: Date
    ) throws -> StoredLimits {
        let steps = try told.map { text in
            guard let step = LimitStep(text) else {
                throw StoreError(.unreadable, "a limit of household \(household) has the unknown step '\(text)'")
            }
            return step
        }
        return StoredLimits(
            household: household, limits: HouseholdLimits(power: power, day: day, month: month), told: Set(steps),
            changedAt: changedAt)
    }
}
