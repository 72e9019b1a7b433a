package import Analysis
package import Foundation
package import Metering
package import Postgres

/// What the nights found, and what people said of it.
package struct FindingStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Stores what the nights of the days from `first` up to `end` found, in the place of what they had found before.
    ///
    /// One that a person has judged stays, and each keeps its number.
    ///
    /// - Parameter watchedFrom: the first day whose voltage was looked at again; earlier findings of it stay.
    package func save(
        _ findings: [(night: LocalDate, finding: NightFinding)], of meter: Meter, from first: LocalDate,
        to end: LocalDate,
        voltageFrom watchedFrom: LocalDate
    ) async throws {
        try await database.run { connection in
            try connection.transaction {
                try Self.remove(findings.map(\.finding), of: meter, from: first, to: end, watchedFrom, on: connection)
                try Self.put(findings, of: meter, on: connection)
            }
        }
    }

    private static func put(
        _ findings: [(night: LocalDate, finding: NightFinding)], of meter: Meter, on connection: Connection
    ) throws {
        let found = findings.map(\.finding)
        try connection.execute(
            """
            INSERT INTO finding (meter_id, kind, starts_at, ends_at, night, observed, usual, extra_mwh, score, evidence)
            SELECT \(meter.id), new.* FROM unnest(
                \(found.map(\.kind.rawValue))::text[], \(found.map(\.period.lowerBound))::timestamptz[],
                \(found.map(\.period.upperBound))::timestamptz[], \(findings.map(\.night))::date[],
                \(found.map(\.observed))::float8[], \(found.map(\.usual))::float8[], \(found.map(\.extra))::bigint[],
                \(found.map(\.score))::float8[], \(try found.map(evidenceText))::text[]) AS new
            ON CONFLICT (meter_id, kind, starts_at) DO UPDATE SET
                ends_at = excluded.ends_at, night = excluded.night, observed = excluded.observed,
                usual = excluded.usual, extra_mwh = excluded.extra_mwh, score = excluded.score,
                evidence = excluded.evidence
            """)
    }

    private static func evidenceText(_ finding: NightFinding) throws -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try finding.evidence.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    }

    private static func remove(
        _ kept: [NightFinding], of meter: Meter, from first: LocalDate, to end: LocalDate, _ watchedFrom: LocalDate,
        on connection: Connection
    ) throws {
        try connection.execute(
            """
            DELETE FROM finding WHERE meter_id = \(meter.id) AND night >= \(first)::date AND night < \(end)::date
                AND fine_at IS NULL AND (kind <> 'voltage' OR night >= \(watchedFrom)::date)
                AND (kind, starts_at) NOT IN (
                    SELECT * FROM unnest(\(kept.map(\.kind.rawValue))::text[], \(kept.map(\.period.lowerBound))::timestamptz[]))
            """)
    }

    /// What the nights up to that of `end`, left out, found in `period`, in order of time.
    package func findings(of meter: Meter, in period: Range<Date>, nightsBefore end: LocalDate) async throws
        -> [StoredFinding]
    {
        try await database.run { connection in
            try connection.query(
                """
                \(StoredFinding.columns) WHERE meter_id = \(meter.id) AND ends_at > \(period.lowerBound)
                    AND starts_at < \(period.upperBound) AND night < \(end)::date ORDER BY starts_at, kind
                """, StoredFinding.fromRow)
        }
    }

    /// All that was found of a meter, in order of time.
    package func all(of meter: Meter) async throws -> [StoredFinding] {
        try await database.run { connection in
            try connection.query(
                "\(StoredFinding.columns) WHERE meter_id = \(meter.id) ORDER BY starts_at, kind", StoredFinding.fromRow)
        }
    }

    /// The jumps of bills that were told on days through `last`, in order of time.
    package func jumps(of meter: Meter, through last: LocalDate) async throws -> [NightFinding] {
        try await database.run { connection in
            try connection.query(
                """
                \(StoredFinding.columns) WHERE meter_id = \(meter.id) AND kind = \(NightFinding.Kind.billJump.rawValue)
                    AND night <= \(last)::date ORDER BY starts_at
                """, StoredFinding.fromRow)
        }.map(\.finding)
    }

    /// What people said was fine, by `now`.
    package func feedback(of meter: Meter, at now: Date) async throws -> [FindingFeedback] {
        try await database.run { connection in
            try connection.query(
                "\(StoredFinding.columns) WHERE meter_id = \(meter.id) AND fine_at <= \(now) ORDER BY fine_at",
                StoredFinding.fromRow)
        }.compactMap { stored in stored.fineAt.map { FindingFeedback(kind: stored.finding.kind, at: $0) } }
    }

    /// Notes that a finding was fine.
    ///
    /// - Throws: ``StoreError`` of kind `absent` when the meter has none with the number.
    package func judgeFine(_ id: Int64, of meter: Meter, by author: String, at now: Date) async throws {
        let found = try await database.run { connection in
            try connection.first(
                """
                UPDATE finding SET fine_at = \(now), fine_by = \(author)
                WHERE meter_id = \(meter.id) AND finding_id = \(id) RETURNING finding_id
                """, { (id: Int64) in id })
        }
        guard found != nil else { throw StoreError(.absent, "the meter '\(meter.name)' has no finding \(id)") }
    }
}

/// A finding with its number, and when somebody said that it was fine.
package struct StoredFinding: Hashable, Sendable {
    package let id: Int64
    package let finding: NightFinding
    package let fineAt: Date?

    static let columns: SQL =
        "SELECT finding_id, kind, starts_at, ends_at, observed, usual, extra_mwh, score, fine_at, evidence FROM finding"

    static func fromRow(
        id: Int64, kind: String, start: Date, end: Date, observed: Double, usual: Double, extra: Energy?, score: Double,
        fineAt: Date?, evidence: String?
    ) throws -> StoredFinding {
        guard let known = NightFinding.Kind(rawValue: kind), start < end else {
            throw StoreError(.unreadable, "finding \(id) has the unknown kind '\(kind)' or no length")
        }
        return StoredFinding(
            id: id,
            finding: NightFinding(
                kind: known, period: start..<end, observed: observed, usual: usual, extra: extra, score: score,
                evidence: try evidence.map {
                    try JSONDecoder().decode(FindingEvidence.self, from: Data($0.utf8))
                }),
            fineAt: fineAt)
    }
}
