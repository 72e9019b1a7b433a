package import Foundation
package import Metering
package import Postgres

/// Consumption by local day and hour, and what the registers did besides counting.
package struct ConsumptionStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Puts the days and events of a roll-up in the place of what was stored for `period`, and notes how far it went.
    ///
    /// Days that follow are removed: they were made with what was known before, and the next roll-up makes them again.
    /// One transaction: the result and the note that it is there.
    ///
    /// - Parameters:
    ///   - end: up to where the roll-up knew readings; the next one goes on from here.
    ///   - span: what was known when the readings were fetched; readings that came since stay noted as new.
    package func save(
        _ days: [DayConsumption], _ events: [RegisterEvent], of meter: Meter, over period: Range<Date>,
        knownBy end: Date,
        seen span: ReadingSpan
    ) async throws {
        try await database.run { connection in
            try connection.transaction {
                try Self.replaceDays(days, of: meter, on: connection)
                try Self.replaceEvents(events, of: meter, over: period, on: connection)
                try connection.execute(
                    """
                    UPDATE meter SET rolled_up_to = \(end),
                        changed_from = CASE WHEN changes = \(span.changes) THEN NULL ELSE changed_from END
                    WHERE meter_id = \(meter.id)
                    """)
            }
        }
    }

    private static func replaceDays(_ days: [DayConsumption], of meter: Meter, on connection: Connection) throws {
        guard let first = days.first?.day else { return }
        try connection.execute("DELETE FROM daily_consumption WHERE meter_id = \(meter.id) AND day >= \(first)::date")
        try connection.copyIn(
            into: """
                daily_consumption (meter_id, day, starts_at, ends_at, energy_mwh, observed_s, quality, hour_mwh,
                                   hour_observed_s, hour_quality, raw_max_min_mwh, reading_count, peak_power_w)
                """
        ) { copy in
            for day in days {
                let whole = day.whole
                try copy.write(
                    meter.id, day.day, whole.period.lowerBound, whole.period.upperBound, whole.energy,
                    Int32(whole.coverage.observedSeconds), whole.quality.rawValue,
                    day.hours.map(\.energy.milliwattHours),
                    day.hours.map { Int32($0.coverage.observedSeconds) }, day.hours.map(\.quality.rawValue),
                    day.rawMaxMin,
                    Int32(day.readingCount), day.peakPower)
            }
        }
    }

    private static func replaceEvents(
        _ events: [RegisterEvent], of meter: Meter, over period: Range<Date>, on connection: Connection
    ) throws {
        try connection.execute(
            """
            DELETE FROM register_event WHERE meter_id = \(meter.id) AND ends_at > \(period.lowerBound)
            """)
        for event in events
        where event.period.upperBound > period.lowerBound && event.period.lowerBound < period.upperBound {
            try connection.execute(
                """
                INSERT INTO register_event VALUES (
                    \(meter.id), \(event.period.lowerBound), \(event.period.upperBound), \(event.kind.rawValue),
                    \(event.before), \(event.after), \(event.credited))
                ON CONFLICT (meter_id, starts_at, kind) DO UPDATE SET
                    ends_at = excluded.ends_at, before_mwh = excluded.before_mwh,
                    after_mwh = excluded.after_mwh, credited_mwh = excluded.credited_mwh
                """)
        }
    }

    /// The days of `meter` from `first` up to `end`, which is left out.
    package func series(of meter: Meter, from first: LocalDate, to end: LocalDate) async throws -> ConsumptionSeries {
        let days = try await database.run { connection in
            try connection.query(
                """
                SELECT day, starts_at, ends_at, hour_mwh, hour_observed_s, hour_quality, raw_max_min_mwh,
                       reading_count, peak_power_w
                FROM daily_consumption
                WHERE meter_id = \(meter.id) AND day >= \(first)::date AND day < \(end)::date ORDER BY day
                """, DayConsumption.init(day:from:to:energies:observed:qualities:rawMaxMin:readingCount:peakPower:))
        }
        return ConsumptionSeries(days)
    }

    /// The first day that was rolled up; nil when none was.
    package func firstDay(of meter: Meter) async throws -> LocalDate? {
        try await database.run { connection in
            try connection.first(
                "SELECT day FROM daily_consumption WHERE meter_id = \(meter.id) ORDER BY day LIMIT 1",
                { (day: LocalDate) in day })
        }
    }

    /// What the register did besides counting, in order of time.
    package func events(of meter: Meter, in period: Range<Date>) async throws -> [RegisterEvent] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT kind, starts_at, ends_at, before_mwh, after_mwh, credited_mwh FROM register_event
                WHERE meter_id = \(meter.id) AND ends_at > \(period.lowerBound) AND starts_at < \(period.upperBound)
                ORDER BY starts_at, kind
                """, RegisterEvent.init(kind:from:to:before:after:credited:))
        }
    }
}

extension DayConsumption {
    fileprivate init(
        day: LocalDate, from start: Date, to end: Date, energies: [Int64], observed: [Int32], qualities: [Int16],
        rawMaxMin: Energy?, readingCount: Int32, peakPower: Float?
    ) throws {
        guard energies.count == observed.count, energies.count == qualities.count, !energies.isEmpty else {
            throw StoreError(.unreadable, "the hours of \(day) do not have equal numbers of figures")
        }
        let hours = energies.indices.map { index in
            let from = start.addingTimeInterval(Double(index) * 3600)
            let to = index == energies.count - 1 ? end : from.addingTimeInterval(3600)
            return Consumption(
                over: from..<to, energy: Energy(milliwattHours: energies[index]),
                coverage: Coverage(
                    observedSeconds: Int(observed[index]), totalSeconds: Int(to.timeIntervalSince(from).rounded())),
                quality: Quality(rawValue: qualities[index]))
        }
        self.init(
            day: day, hours: hours, rawMaxMin: rawMaxMin, readingCount: Int(readingCount), peakPower: peakPower)
    }
}

extension RegisterEvent {
    fileprivate init(kind: String, from: Date, to: Date, before: Energy, after: Energy, credited: Energy) throws {
        guard let known = Kind(rawValue: kind) else {
            throw StoreError(.unreadable, "a register event has the unknown kind '\(kind)'")
        }
        self.init(kind: known, period: from..<to, before: before, after: after, credited: credited)
    }
}
