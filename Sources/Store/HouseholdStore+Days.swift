package import Metering
import Postgres

extension HouseholdStore {
    /// Enters what is known of a household's days, in the place of what was known of the same days.
    package func save(_ days: [DayConditions], of household: Household) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO household_day (household_id, day, temperature_c, is_holiday)
                SELECT \(household.id)::bigint, day, nullif(celsius, 'NaN'), holiday
                FROM unnest(\(days.map(\.day))::date[], \(days.map { $0.temperature ?? .nan })::float8[],
                            \(days.map(\.isHoliday))::bool[]) AS new (day, celsius, holiday)
                ON CONFLICT (household_id, day) DO UPDATE SET
                    temperature_c = excluded.temperature_c, is_holiday = excluded.is_holiday
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
