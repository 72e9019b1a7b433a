package import Foundation
package import Metering
package import Postgres

/// The readings as they came; they are never changed.
package struct ReadingStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Stores readings of several meters at once, each instant of a meter once, and notes from when on each changed.
    ///
    /// All or none. What begins after all that is known goes straight into its table by COPY; anything else by COPY into a table
    /// of the session and one INSERT. Months that have no partition yet get one.
    ///
    /// - Returns: how many were not there before.
    package func insert(_ batch: [(meter: Int64, readings: [Reading])]) async throws -> Int {
        let batch = batch.filter { !$0.readings.isEmpty }
        guard !batch.isEmpty else { return 0 }
        let months = Set(batch.flatMap { $0.readings.lazy.map { ReadingPartition(holding: $0.at) } })
        return try await database.run { connection in
            try ReadingPartition.create(months, on: connection)
            return try connection.transaction {
                if try Self.isAllNew(batch, on: connection) { return try Self.append(batch, on: connection) }
                try Self.stage(batch, on: connection)
                return try Self.takeOver(on: connection)
            }
        }
    }

    /// Whether each meter comes once, in order of time, and after its last reading. The meters stay locked, so that it stays so.
    private static func isAllNew(
        _ batch: [(meter: Int64, readings: [Reading])], on connection: Connection
    ) throws -> Bool {
        let ids = batch.map(\.meter)
        guard Set(ids).count == ids.count else { return false }
        let inOrder = batch.allSatisfy { entry in
            zip(entry.readings, entry.readings.dropFirst()).allSatisfy { $0.at < $1.at }
        }
        guard inOrder else { return false }
        let rows = try connection.query(
            """
            SELECT meter_id, last_at FROM meter WHERE meter_id = ANY(\(ids)::bigint[]) ORDER BY meter_id FOR UPDATE
            """, { (meter: Int64, last: Date?) in (meter, last) })
        let last = Dictionary(uniqueKeysWithValues: rows)
        return batch.allSatisfy { entry in
            guard let known = last[entry.meter] else { return false }
            return known.map { $0 < entry.readings[0].at } ?? true
        }
    }

    private static func append(
        _ batch: [(meter: Int64, readings: [Reading])], on connection: Connection
    ) throws -> Int {
        try copy(batch, into: "reading (\(columns))", on: connection)
        let ends = batch.map { (first: $0.readings[0].at, last: $0.readings[$0.readings.count - 1].at) }
        try connection.execute(
            """
            UPDATE meter SET
                first_at = least(meter.first_at, span.first_at), last_at = span.last_at,
                changed_from = least(meter.changed_from, span.first_at), changes = meter.changes + 1
            FROM unnest(\(batch.map(\.meter))::bigint[], \(ends.map(\.first))::timestamptz[],
                        \(ends.map(\.last))::timestamptz[]) AS span (meter_id, first_at, last_at)
            WHERE meter.meter_id = span.meter_id
            """)
        return batch.reduce(0) { $0 + $1.readings.count }
    }

    private static let columns =
        "meter_id, read_at, register_mwh, power_w, voltage_v, current_a, relays, boot_id, seq, uptime_s"

    private static func copy(
        _ batch: [(meter: Int64, readings: [Reading])], into table: String, on connection: Connection
    ) throws {
        try connection.copyIn(into: table) { copy in
            for (meter, readings) in batch {
                for reading in readings {
                    try copy.write(
                        meter, reading.at, reading.register, reading.power, reading.voltage, reading.current,
                        reading.relays?.rawValue, reading.bootID, reading.sequence, reading.uptime)
                }
            }
        }
    }

    private static func stage(_ batch: [(meter: Int64, readings: [Reading])], on connection: Connection) throws {
        try connection.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS incoming (
                meter_id bigint, read_at timestamptz, register_mwh bigint, power_w real, voltage_v real,
                current_a real, relays smallint, boot_id int, seq bigint, uptime_s int) ON COMMIT DELETE ROWS
            """)
        try copy(batch, into: "incoming", on: connection)
    }

    /// Of several readings for one instant the first that came stays.
    private static func takeOver(on connection: Connection) throws -> Int {
        let added = try connection.first(
            """
            WITH added AS (
                INSERT INTO reading SELECT * FROM incoming
                ON CONFLICT (meter_id, read_at) DO NOTHING RETURNING meter_id, read_at),
            span AS (
                SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS number
                FROM added GROUP BY meter_id),
            noted AS (
                UPDATE meter SET
                    first_at = least(meter.first_at, span.first_at),
                    last_at = greatest(meter.last_at, span.last_at),
                    changed_from = least(meter.changed_from, span.first_at),
                    changes = meter.changes + 1
                FROM span WHERE meter.meter_id = span.meter_id)
            SELECT coalesce(sum(number), 0)::bigint FROM span
            """, { (count: Int) in count })
        return added ?? 0
    }

    /// The readings of `meter` in `period`, with the nearest ones on both sides so that its boundaries can be
    /// interpolated and doubtful readings judged.
    ///
    /// - Parameter end: nothing after it is taken, as if it had not come yet.
    package func history(of meter: Meter, in period: Range<Date>, knownBy end: Date) async throws -> RegisterHistory {
        let neighbours = 8
        return try await database.run { connection in
            let columns: SQL =
                "SELECT read_at, register_mwh, power_w, relays, boot_id, seq, uptime_s FROM reading WHERE meter_id = \(meter.id)"
            let before = try connection.query(
                """
                \(columns) AND read_at < \(period.lowerBound) AND read_at <= \(end)
                ORDER BY read_at DESC LIMIT \(neighbours)::bigint
                """, Reading.init(at:register:power:relays:bootID:sequence:uptime:))
            let within = try connection.query(
                """
                \(columns) AND read_at >= \(period.lowerBound) AND read_at < \(period.upperBound) AND read_at <= \(end)
                ORDER BY read_at
                """, Reading.init(at:register:power:relays:bootID:sequence:uptime:))
            let after = try connection.query(
                """
                \(columns) AND read_at >= \(period.upperBound) AND read_at <= \(end)
                ORDER BY read_at LIMIT \(neighbours)::bigint
                """, Reading.init(at:register:power:relays:bootID:sequence:uptime:))
            return RegisterHistory(before.reversed() + within + after)
        }
    }

    /// Takes the readings of several meters one after the other into a state, as they come from the server: memory stays flat.
    ///
    /// - Parameters:
    ///   - meters: from the lowest to the highest number; they come in this order, and the readings of each in order of time.
    ///   - start: the first instant.
    ///   - end: nothing after it is taken, as if it had not come yet.
    package func fold<State: Sendable>(
        _ state: State, over meters: ClosedRange<Int64>, from start: Date, knownBy end: Date,
        _ body: @Sendable (inout State, _ meter: Int64, Reading) throws -> Void
    ) async throws -> State {
        try await database.run { connection in
            try connection.transaction {
                var state = state
                try connection.script(Self.inOrderOfTheKey)
                try Self.fold(&state, over: meters, from: start, knownBy: end, on: connection, body)
                return state
            }
        }
    }

    /// The primary key has the order that is asked for: reading along it took half the time of sorting (2,000 meters interleaved
    /// by the hour, 212,000 rows a batch).
    private static let inOrderOfTheKey = """
        SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off; SET LOCAL jit = off
        """

    private static func fold<State>(
        _ state: inout State, over meters: ClosedRange<Int64>, from start: Date, knownBy end: Date,
        on connection: Connection,
        _ body: (inout State, _ meter: Int64, Reading) throws -> Void
    ) throws {
        try connection.copyOut(
            """
            SELECT meter_id, read_at, register_mwh, power_w, boot_id, seq, uptime_s FROM reading
            WHERE meter_id BETWEEN \(meters.lowerBound) AND \(meters.upperBound)
            AND read_at >= \(start) AND read_at <= \(end) ORDER BY meter_id, read_at
            """
        ) { row in
            let meter = try row.int64()
            var reading = Reading(at: try row.instant(), register: Energy(milliwattHours: try row.int64()))
            reading.power = try row.float()
            reading.bootID = try row.int32()
            reading.sequence = try row.optionalInt64()
            reading.uptime = try row.int32()
            try body(&state, meter, reading)
        }
    }

    /// Mean volts of each half hour of `period`, by its start; half hours without are absent.
    package func voltages(of meter: Meter, in period: Range<Date>) async throws -> [Date: Double] {
        let rows = try await database.run { connection in
            try connection.query(
                """
                SELECT to_timestamp(floor(extract(epoch FROM read_at - interval '1 microsecond') / 1800) * 1800) AS start,
                    avg(voltage_v)
                FROM reading WHERE meter_id = \(meter.id) AND read_at > \(period.lowerBound)
                    AND read_at <= \(period.upperBound) AND voltage_v IS NOT NULL GROUP BY start
                """, { (start: Date, volts: Double) in (start, volts) })
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// When the given meters were heard in `period`.
    package func instants(of meters: [Int64], in period: Range<Date>) async throws -> [Int64: [Date]] {
        guard !meters.isEmpty else { return [:] }
        let rows = try await database.run { connection in
            try connection.query(
                """
                SELECT meter_id, read_at FROM reading WHERE meter_id = ANY(\(meters)::bigint[])
                AND read_at >= \(period.lowerBound) AND read_at <= \(period.upperBound) ORDER BY read_at
                """, { (meter: Int64, at: Date) in (meter, at) })
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// What is known of each meter's readings; a meter without any is not among them.
    package func spans(of meters: [Meter]) async throws -> [Int64: ReadingSpan] {
        try await database.run { connection in
            let rows = try connection.query(
                """
                SELECT meter_id, first_at, last_at, changed_from, rolled_up_to, changes FROM meter
                WHERE meter_id = ANY(\(meters.map(\.id))::bigint[]) AND first_at IS NOT NULL AND last_at IS NOT NULL
                """,
                { (id: Int64, first: Date, last: Date, changed: Date?, rolled: Date?, changes: Int64) in
                    (
                        id,
                        ReadingSpan(
                            first: first, last: last, changedFrom: changed, rolledUpTo: rolled, changes: changes)
                    )
                })
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }

    /// What is known of the meter's readings; nil when there are none.
    package func span(of meter: Meter) async throws -> ReadingSpan? {
        try await spans(of: [meter])[meter.id]
    }

    /// What the register would have shown at `instant`, straight between the readings around it; nil before the first reading,
    /// the last figure after the last.
    package func shownRegister(of meter: Meter, at instant: Date, knownBy end: Date) async throws -> Energy? {
        let readings = try await history(of: meter, in: instant..<instant, knownBy: end).readings
        guard let earlier = readings.last(where: { $0.at <= instant }) else { return nil }
        guard let later = readings.first(where: { $0.at > instant }) else { return earlier.register }
        let elapsed = Int128(instant.microseconds - earlier.at.microseconds)
        let length = Int128(later.at.microseconds - earlier.at.microseconds)
        let step = Int128((later.register - earlier.register).milliwattHours)
        return earlier.register + Energy(milliwattHours: Int64(step * elapsed / length))
    }

    /// What the register showed at `instant` or last before it; nil when there is no such reading.
    package func register(of meter: Meter, at instant: Date) async throws -> Energy? {
        try await database.run { connection in
            try connection.first(
                """
                SELECT register_mwh FROM reading WHERE meter_id = \(meter.id) AND read_at <= \(instant)
                ORDER BY read_at DESC LIMIT 1
                """, { (register: Energy) in register })
        }
    }

    /// The stored readings of the meter from `start` through `end`, whole and in order of time.
    package func readings(of meter: Meter, from start: Date, through end: Date) async throws -> [Reading] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT read_at, register_mwh, power_w, voltage_v, current_a, relays, boot_id, seq, uptime_s FROM reading
                WHERE meter_id = \(meter.id) AND read_at >= \(start) AND read_at <= \(end) ORDER BY read_at
                """, Reading.whole)
        }
    }

    /// The last reading of the meter that was known at `instant`.
    package func last(of meter: Meter, knownBy instant: Date) async throws -> Date? {
        try await database.run { connection in
            try connection.first(
                """
                SELECT read_at FROM reading WHERE meter_id = \(meter.id) AND read_at <= \(instant)
                ORDER BY read_at DESC LIMIT 1
                """, { (at: Date) in at })
        }
    }

    /// The last stored readings of each meter, whole and in order of time; a meter without any is not among them.
    ///
    /// - Parameter count: how many of each, at the most.
    package func newest(_ count: Int, of meters: [Int64]) async throws -> [Int64: [Reading]] {
        guard !meters.isEmpty else { return [:] }
        let rows = try await database.run { connection in
            try connection.query(
                """
                SELECT last.meter_id, read_at, register_mwh, power_w, voltage_v, current_a, relays, boot_id, seq, uptime_s
                FROM (SELECT DISTINCT unnest(\(meters)::bigint[])) AS wanted (meter_id),
                LATERAL (SELECT * FROM reading WHERE reading.meter_id = wanted.meter_id
                         ORDER BY read_at DESC LIMIT \(count)::bigint) AS last
                ORDER BY last.meter_id, read_at
                """,
                {
                    (
                        meter: Int64, at: Date, register: Energy, power: Float?, voltage: Float?, current: Float?,
                        relays: Int16?, boot: Int32?, sequence: Int64?, uptime: Int32?
                    ) in
                    (meter, Reading.whole(at, register, power, voltage, current, relays, boot, sequence, uptime))
                })
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// Makes the partitions of this month and the `months` that follow, ahead of need.
    package func prepare(from instant: Date, months: Int) async throws {
        let first = ReadingPartition(holding: instant)
        try await database.run { connection in
            try ReadingPartition.create(Set((0...months).map(first.adding(months:))), on: connection)
        }
    }
}

/// From when to when a meter has readings, and what of them is new.
package struct ReadingSpan: Hashable, Sendable {
    package let first: Date
    package let last: Date
    /// Readings from here on came after the last roll-up; nil when none did.
    package let changedFrom: Date?
    /// The `--as-of` of the last roll-up.
    package let rolledUpTo: Date?
    /// Grows with each batch that is stored.
    package let changes: Int64
}

extension Reading {
    init(
        at: Date, register: Energy, power: Float?, relays: Int16?, bootID: Int32?, sequence: Int64?, uptime: Int32?
    ) {
        self.init(
            at: at, register: register, power: power, relays: relays.map(RelayStates.init(rawValue:)), bootID: bootID,
            sequence: sequence, uptime: uptime)
    }
}

extension Reading {
    /// A row with all that the device told.
    fileprivate static func whole(
        _ at: Date, _ register: Energy, _ power: Float?, _ voltage: Float?, _ current: Float?, _ relays: Int16?,
        _ bootID: Int32?, _ sequence: Int64?, _ uptime: Int32?
    ) -> Reading {
        Reading(
            at: at, register: register, power: power, voltage: voltage, current: current,
            relays: relays.map(RelayStates.init(rawValue:)), bootID: bootID, sequence: sequence, uptime: uptime)
    }
}
