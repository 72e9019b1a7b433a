package import Metering
import Postgres

extension HouseholdStore {
    /// Enters what is known of a household's days, in the place of what was known of the same days; what was reviewed before the
    /// first that is new or changed stays reviewed.
    package func save(_ days: [DayConditions], of household: Household) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                WITH changed AS (
                INSERT INTO household_day AS old (household_id, day, temperature_c, is_holiday)
                SELECT \(household.id)::bigint, day, nullif(celsius, 'NaN'), holiday
                FROM unnest(\(days.map(\.day))::date[], \(days.map { $0.temperature ?? .nan })::float8[],
                            \(days.map(\.isHoliday))::bool[]) AS new (day, celsius, holiday)
                ON CONFLICT (household_id, day) DO UPDATE SET
                    temperature_c = excluded.temperature_c, is_holiday = excluded.is_holiday
                WHERE (old.temperature_c, old.is_holiday)
                    IS DISTINCT FROM (excluded.temperature_c, excluded.is_holiday)
                RETURNING day)
                UPDATE meter SET unreviewed_from = least(meter.unreviewed_from, (SELECT min(day) FROM changed))
                WHERE household_id = \(household.id)
                """)
        }
    }

    /// What is known of a household's days, in order of time.
    package func days(of household: Household) async throws -> [DayConditions] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT day, temperature_c, is_holiday FROM household_day
                WHERE household_id = \(household.id) ORDER BY day
                """, DayConditions.init(day:temperature:isHoliday:))
        }
    }
}
