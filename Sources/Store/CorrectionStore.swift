package import Foundation
package import Metering
package import Postgres

/// What people ruled about registers; nothing is removed, an undone ruling says so.
package struct CorrectionStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Keeps a correction, and notes that the meter's consumption changes from its start on.
    ///
    /// - Returns: its number.
    package func save(_ correction: Correction, of meter: Meter) async throws -> Int64 {
        let (ruling, energy) = correction.change.stored
        return try await database.run { connection in
            try connection.transaction {
                let id = try connection.first(
                    """
                    INSERT INTO correction (meter_id, author, reason, decided_at, starts_at, ends_at, ruling, energy_mwh)
                    VALUES (\(meter.id), \(correction.author), \(correction.reason), \(correction.decidedAt),
                            \(correction.period.lowerBound), \(correction.period.upperBound), \(ruling), \(energy))
                    RETURNING correction_id
                    """, { (id: Int64) in id })
                guard let id else { throw StoreError(.absent, "the correction has no number") }
                try Self.noteChange(of: meter, from: correction.period.lowerBound, on: connection)
                return id
            }
        }
    }

    /// Says that a correction no longer holds.
    ///
    /// - Throws: ``StoreError`` of kind `absent` when the meter has no such correction in force.
    package func undo(_ id: Int64, of meter: Meter, by author: String, because reason: String, at now: Date)
        async throws
    {
        try await database.run { connection in
            try connection.transaction {
                let start = try connection.first(
                    """
                    UPDATE correction SET undone_at = \(now), undone_by = \(author), undone_because = \(reason)
                    WHERE meter_id = \(meter.id) AND correction_id = \(id) AND undone_at IS NULL RETURNING starts_at
                    """, { (start: Date) in start })
                guard let start else {
                    throw StoreError(.absent, "the meter '\(meter.name)' has no correction \(id) in force")
                }
                try Self.noteChange(of: meter, from: start, on: connection)
            }
        }
    }

    private static func noteChange(of meter: Meter, from start: Date, on connection: Connection) throws {
        try connection.execute(
            """
            UPDATE meter SET changed_from = least(changed_from, \(start)), changes = changes + 1
            WHERE meter_id = \(meter.id)
            """)
    }

    /// The corrections that hold at `now`, by meter, in the order in which they were decided.
    package func inForce(at now: Date) async throws -> [Int64: [Correction]] {
        let rows = try await database.run { connection in
            try connection.query(
                """
                \(StoredCorrection.columns) WHERE decided_at <= \(now) AND (undone_at IS NULL OR undone_at > \(now))
                ORDER BY meter_id, decided_at, correction_id
                """, StoredCorrection.fromRow)
        }
        return Dictionary(grouping: rows, by: \.meter).mapValues { $0.map(\.correction) }
    }

    /// All corrections of a meter, those undone as well.
    package func all(of meter: Meter) async throws -> [StoredCorrection] {
        try await database.run { connection in
            try connection.query(
                "\(StoredCorrection.columns) WHERE meter_id = \(meter.id) ORDER BY decided_at, correction_id",
                StoredCorrection.fromRow)
        }
    }
}

/// A correction with its number, and what became of it.
package struct StoredCorrection: Hashable, Sendable {
    package let id: Int64
    package let meter: Int64
    package let correction: Correction
    /// When, by whom and why it was undone; nil while it holds.
    package let undone: Undoing?

    package func holds(at instant: Date) -> Bool {
        correction.decidedAt <= instant && undone.map { $0.at > instant } ?? true
    }

    package struct Undoing: Hashable, Sendable {
        package let at: Date
        package let author: String
        package let reason: String
    }

    fileprivate static let columns: SQL = """
        SELECT correction_id, meter_id, author, reason, decided_at, starts_at, ends_at, ruling, energy_mwh,
               undone_at, undone_by, undone_because
        FROM correction
        """

    fileprivate static func fromRow(
        _ id: Int64, _ meter: Int64, _ author: String, _ reason: String, _ decidedAt: Date, _ start: Date, _ end: Date,
        _ ruling: String, _ energy: Energy?, _ undoneAt: Date?, _ undoneBy: String?, _ undoneBecause: String?
    ) throws -> StoredCorrection {
        guard let change = Correction.Change(ruling, energy), start < end else {
            throw StoreError(.unreadable, "the correction \(id) has the unknown ruling '\(ruling)'")
        }
        let undone = undoneAt.map { Undoing(at: $0, author: undoneBy ?? "", reason: undoneBecause ?? "") }
        return StoredCorrection(
            id: id, meter: meter,
            correction: Correction(by: author, because: reason, at: decidedAt, over: start..<end, change),
            undone: undone)
    }
}

extension Correction.Change {
    var stored: (ruling: String, energy: Energy?) {
        switch self {
        case .consumption(let energy): ("consumption", energy)
        case .ruling(.leaveOut): ("leave_out", nil)
        case .ruling(.counted): ("counted", nil)
        case .ruling(.reset): ("reset", nil)
        case .ruling(.rollback): ("rollback", nil)
        case .ruling(.rollover(let modulus)): ("rollover", modulus)
        case .ruling(.replacement): ("replacement", nil)
        }
    }

    /// Nil when the word is not known, or lacks its figure.
    package init?(_ ruling: String, _ energy: Energy?) {
        switch (ruling, energy) {
        case ("consumption", let energy?): self = .consumption(energy)
        case ("leave_out", _): self = .ruling(.leaveOut)
        case ("counted", _): self = .ruling(.counted)
        case ("reset", _): self = .ruling(.reset)
        case ("rollback", _): self = .ruling(.rollback)
        case ("rollover", let modulus?): self = .ruling(.rollover(modulus: modulus))
        case ("replacement", _): self = .ruling(.replacement)
        default: return nil
        }
    }
}
