package import Foundation
package import Metering
package import Postgres

/// Consumption by local day and hour, and what the registers did besides counting.
package struct ConsumptionStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Puts what was rolled up in the place of what was stored from each meter's first day on, and notes how far it went.
    ///
    /// One transaction: all results, and the notes that they are there.
    ///
    /// - Parameter end: up to where the roll-up knew readings; the next one goes on from here.
    package func save(_ rolls: [MeterRoll], knownBy end: Date) async throws {
        guard !rolls.isEmpty else { return }
        try await database.run { connection in
            try connection.transaction {
                let ids = rolls.map(\.meter)
                try connection.execute(
                    """
                    DELETE FROM daily_consumption AS old
                    USING unnest(\(ids)::bigint[], \(rolls.map(\.first))::date[]) AS new (meter_id, first)
                    WHERE old.meter_id = new.meter_id AND old.day >= new.first
                    """)
                try Self.insertDays(of: rolls, on: connection)
                try Self.replaceEvents(of: rolls, on: connection)
                try Self.replaceOutages(of: rolls, on: connection)
                try connection.execute(
                    """
                    UPDATE meter SET rolled_up_to = \(end),
                        unreviewed_from = least(meter.unreviewed_from, seen.first),
                        changed_from = CASE WHEN meter.changes = seen.changes THEN NULL ELSE meter.changed_from END
                    FROM unnest(\(ids)::bigint[], \(rolls.map(\.changes))::bigint[], \(rolls.map(\.first))::date[])
                        AS seen (meter_id, changes, first)
                    WHERE meter.meter_id = seen.meter_id
                    """)
            }
        }
    }

    private static func insertDays(of rolls: [MeterRoll], on connection: Connection) throws {
        try connection.copyIn(
            into: """
                daily_consumption (meter_id, day, starts_at, ends_at, energy_mwh, observed_s, quality, hour_mwh,
                                   hour_observed_s, hour_quality, raw_max_min_mwh, reading_count, peak_power_w)
                """
        ) { copy in
            for roll in rolls {
                for day in roll.days {
                    let whole = day.whole
                    try copy.write(
                        roll.meter, day.day, whole.period.lowerBound, whole.period.upperBound, whole.energy,
                        Int32(whole.coverage.observedSeconds), whole.quality.rawValue,
                        day.hours.map(\.energy.milliwattHours), day.hours.map { Int32($0.coverage.observedSeconds) },
                        day.hours.map(\.quality.rawValue), day.rawMaxMin, Int32(day.readingCount), day.peakPower)
                }
            }
        }
    }

    private static func replaceEvents(of rolls: [MeterRoll], on connection: Connection) throws {
        try connection.execute(
            """
            DELETE FROM register_event AS old
            USING unnest(\(rolls.map(\.meter))::bigint[], \(rolls.map(\.start))::timestamptz[]) AS new (meter_id, start)
            WHERE old.meter_id = new.meter_id AND old.ends_at > new.start
            """)
        guard rolls.contains(where: { !$0.events.isEmpty }) else { return }
        try connection.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS rolled_event (
                meter_id bigint, starts_at timestamptz, ends_at timestamptz, kind text, before_mwh bigint,
                after_mwh bigint, credited_mwh bigint, rule text) ON COMMIT DELETE ROWS
            """)
        try connection.copyIn(into: "rolled_event") { copy in
            for roll in rolls {
                for event in roll.events {
                    try copy.write(
                        roll.meter, event.period.lowerBound, event.period.upperBound, event.kind.rawValue,
                        event.before, event.after, event.credited, event.rule?.rawValue)
                }
            }
        }
        try connection.execute(
            """
            INSERT INTO register_event (meter_id, starts_at, ends_at, kind, before_mwh, after_mwh, credited_mwh, rule)
            SELECT DISTINCT ON (meter_id, starts_at, kind) * FROM rolled_event
            ORDER BY meter_id, starts_at, kind, ends_at DESC
            ON CONFLICT (meter_id, starts_at, kind) DO UPDATE SET
                ends_at = excluded.ends_at, before_mwh = excluded.before_mwh, after_mwh = excluded.after_mwh,
                credited_mwh = excluded.credited_mwh, rule = excluded.rule
            """)
    }

    private static func replaceOutages(of rolls: [MeterRoll], on connection: Connection) throws {
        try connection.execute(
            """
            DELETE FROM outage AS old
            USING unnest(\(rolls.map(\.meter))::bigint[], \(rolls.map(\.start))::timestamptz[]) AS new (meter_id, start)
            WHERE old.meter_id = new.meter_id AND old.ends_at > new.start
            """)
        guard rolls.contains(where: { !$0.outages.isEmpty }) else { return }
        try connection.copyIn(into: "outage (meter_id, starts_at, ends_at, cause, energy_mwh)") { copy in
            for roll in rolls {
                for outage in roll.outages {
                    try copy.write(
                        roll.meter, outage.period.lowerBound, outage.period.upperBound, outage.cause.rawValue,
                        outage.energy)
                }
            }
        }
    }

    /// The outages that began in `period`, in order of time.
    package func outages(of meter: Meter, in period: Range<Date>) async throws -> [Outage] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT starts_at, ends_at, cause, energy_mwh FROM outage
                WHERE meter_id = \(meter.id) AND starts_at >= \(period.lowerBound) AND starts_at < \(period.upperBound)
                ORDER BY starts_at
                """,
                { (start: Date, end: Date, cause: String, energy: Energy) in
                    guard let known = Outage.Cause(rawValue: cause) else {
                        throw StoreError(.unreadable, "an outage has the unknown cause '\(cause)'")
                    }
                    return Outage(over: start..<end, cause: known, energy: energy)
                })
        }
    }

    /// For each meter the latest day, not after the one given, on which a roll-up can begin again and find the same as before:
    /// its first hour was seen whole and measured, so that neither a gap nor a stall reaches into it.
    package func restarts(_ wanted: [Int64: LocalDate]) async throws -> [Int64: LocalDate] {
        let meters = wanted.keys.sorted()
        let days = meters.compactMap { wanted[$0] }
        let unsure = Quality([.estimated, .afterReset]).rawValue
        return try await database.run { connection in
            let rows = try connection.query(
                """
                SELECT wanted.meter_id, begun.day
                FROM unnest(\(meters)::bigint[], \(days)::date[]) AS wanted (meter_id, day)
                CROSS JOIN LATERAL (
                    SELECT day FROM daily_consumption
                    WHERE meter_id = wanted.meter_id AND day <= wanted.day
                    AND hour_observed_s[1] >= 3600 AND hour_quality[1] & \(unsure) = 0
                    ORDER BY day DESC LIMIT 1) AS begun
                """, { (meter: Int64, day: LocalDate) in (meter, day) })
            return Dictionary(uniqueKeysWithValues: rows)
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
                SELECT kind, starts_at, ends_at, before_mwh, after_mwh, credited_mwh, rule FROM register_event
                WHERE meter_id = \(meter.id) AND ends_at > \(period.lowerBound) AND starts_at < \(period.upperBound)
                ORDER BY starts_at, kind
                """, RegisterEvent.init(kind:from:to:before:after:credited:rule:))
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
    fileprivate init(
        kind: String, from: Date, to: Date, before: Energy, after: Energy, credited: Energy, rule: String?
    ) throws {
        guard let known = Kind(rawValue: kind) else {
            throw StoreError(.unreadable, "a register event has the unknown kind '\(kind)'")
        }
        self.init(
            kind: known, period: from..<to, before: before, after: after, credited: credited,
            rule: rule.flatMap(Rule.init(rawValue:)))
    }
}
