package import Analysis
package import Metering
package import Postgres

/// Forecasts and anomalies.
package struct AnalysisStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Stores the forecast of a day and the anomalies of the days from `first` up to `end` in the place of earlier ones.
    package func save(
        _ forecast: Forecast?, _ anomalies: [Anomaly], of meter: Meter, from first: LocalDate, to end: LocalDate
    ) async throws {
        try await database.run { connection in
            try connection.transaction {
                if let forecast { try Self.save(forecast, of: meter, on: connection) }
                try connection.execute(
                    "DELETE FROM anomaly WHERE meter_id = \(meter.id) AND day >= \(first)::date AND day < \(end)::date")
                for anomaly in anomalies {
                    try connection.execute(
                        """
                        INSERT INTO anomaly VALUES (\(meter.id), \(anomaly.day)::date, \(anomaly.kind.rawValue),
                            \(anomaly.observed), \(anomaly.usual), \(anomaly.score))
                        """)
                }
            }
        }
    }

    /// The anomalies of the days from `first` up to `end`, in order of time.
    package func anomalies(of meter: Meter, from first: LocalDate, to end: LocalDate) async throws -> [Anomaly] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT day, kind, observed_mwh, usual_mwh, score FROM anomaly
                WHERE meter_id = \(meter.id) AND day >= \(first)::date AND day < \(end)::date ORDER BY day, kind
                """, Anomaly.init(day:kind:observed:usual:score:))
        }
    }
}

extension Anomaly {
    fileprivate init(day: LocalDate, kind: String, observed: Energy, usual: Energy, score: Double) throws {
        guard let known = Kind(rawValue: kind) else {
            throw StoreError(.unreadable, "an anomaly has the unknown kind '\(kind)'")
        }
        self.init(kind: known, day: day, observed: observed, usual: usual, score: score)
    }
}
