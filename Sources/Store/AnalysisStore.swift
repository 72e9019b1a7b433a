package import Analysis
package import Metering
package import Postgres

/// Forecasts.
package struct AnalysisStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Stores the forecast of a day in the place of an earlier one.
    package func save(_ forecast: Forecast, of meter: Meter) async throws {
        try await database.run { try Self.save(forecast, of: meter, on: $0) }
    }

    private static func save(_ forecast: Forecast, of meter: Meter, on connection: Connection) throws {
        let days = forecast.days.sorted { $0.key < $1.key }.map(\.value.milliwattHours)
        try connection.execute(
            """
            INSERT INTO forecast VALUES (
                \(meter.id), \(forecast.period.first)::date, \(forecast.period.end)::date, \(forecast.today)::date,
                \(forecast.soFar), \(forecast.expected), \(forecast.low), \(forecast.high), \(forecast.tries)::int, \(days))
            ON CONFLICT (meter_id, period_first, today) DO UPDATE SET
                period_end = excluded.period_end, so_far_mwh = excluded.so_far_mwh,
                expected_mwh = excluded.expected_mwh, low_mwh = excluded.low_mwh, high_mwh = excluded.high_mwh,
                tries = excluded.tries, day_mwh = excluded.day_mwh
            """)
    }

    /// The forecast made on `today`; nil when none was.
    package func forecast(of meter: Meter, on today: LocalDate) async throws -> Forecast? {
        try await database.run { connection in
            try connection.query(
                """
                SELECT period_first, period_end, today, so_far_mwh, expected_mwh, low_mwh, high_mwh, tries, day_mwh
                FROM forecast WHERE meter_id = \(meter.id) AND today = \(today)::date
                """, Forecast.init(first:end:today:soFar:expected:low:high:tries:days:)
            ).first
        }
    }

    /// The newest forecast that was made on a day from `first` through `last`; nil when none was.
    package func newestForecast(of meter: Meter, from first: LocalDate, through last: LocalDate) async throws
        -> Forecast?
    {
        for days in 0...max(0, first.days(until: last)) {
            if let found = try await forecast(of: meter, on: last.adding(days: -days)) { return found }
        }
        return nil
    }
}

extension Forecast {
    fileprivate init(
        first: LocalDate, end: LocalDate, today: LocalDate, soFar: Energy, expected: Energy, low: Energy, high: Energy,
        tries: Int32, days: [Int64]
    ) {
        let ahead = days.enumerated().map { (today.adding(days: $0.offset), Energy(milliwattHours: $0.element)) }
        self.init(
            period: BillingPeriod(first: first, end: end), today: today, soFar: soFar, expected: expected, low: low,
            high: high, days: Dictionary(uniqueKeysWithValues: ahead), tries: Int(tries))
    }
}
