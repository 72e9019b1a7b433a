package import Foundation
package import Metering
import Postgres

/// What the review of a meter's nights remembered after a day, so that the next night goes on from there.
package struct NightMark: Hashable, Sendable {
    /// The last day that was reviewed.
    package let day: LocalDate
    /// By what it came about besides the readings: a memory of another basis is of no use.
    package let basis: String
    package let memory: Data

    package init(day: LocalDate, basis: String, memory: Data) {
        self.day = day
        self.basis = basis
        self.memory = memory
    }
}

extension FindingStore {
    /// Where the review of a meter can go on: before all that was rolled up since; nil when it must begin anew.
    package func mark(of meter: Meter) async throws -> NightMark? {
        try await database.run { connection in
            try connection.first(
                """
                SELECT day, basis, memory FROM night_memory JOIN meter USING (meter_id)
                WHERE meter_id = \(meter.id) AND day < coalesce(unreviewed_from, 'infinity'::date)
                """, NightMark.init(day:basis:memory:))
        }
    }

    /// The first day that was rolled up since the last review; nil when none was.
    package func unreviewedFrom(_ meter: Meter) async throws -> LocalDate? {
        try await database.run { connection in
            try connection.first(
                "SELECT unreviewed_from FROM meter WHERE meter_id = \(meter.id) AND unreviewed_from IS NOT NULL",
                { (day: LocalDate) in day })
        }
    }

    /// Notes that all days of a meter have been reviewed, and where the next review can go on.
    ///
    /// - Parameter seen: what ``unreviewedFrom(_:)`` told: days that were rolled up meanwhile are not taken for reviewed.
    package func noteReview(of meter: Meter, seen: LocalDate?, _ mark: NightMark?) async throws {
        try await database.run { connection in
            try connection.transaction {
                try connection.execute(
                    """
                    UPDATE meter SET unreviewed_from = NULL
                    WHERE meter_id = \(meter.id) AND unreviewed_from IS NOT DISTINCT FROM \(seen)::date
                    """)
                guard let mark else { return }
                try connection.execute(
                    """
                    INSERT INTO night_memory VALUES (\(meter.id), \(mark.day)::date, \(mark.basis), \(mark.memory))
                    ON CONFLICT (meter_id) DO UPDATE
                        SET day = excluded.day, basis = excluded.basis, memory = excluded.memory
                    """)
            }
        }
    }
}
