package import Analysis
package import Metering
package import Postgres

/// Forecasts.
package struct AnalysisStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Stores the forecast of a day in the place of an earlier one.
    package func save(_ forecast: Forecast, of meter: Meter) async throws {
        try await database.run { try Self.save(forecast, of: meter, on: $0) }
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
