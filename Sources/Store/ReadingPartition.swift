import Foundation
import Metering
import Postgres

/// The part of the table of readings that holds one month (of UTC: a partition belongs to every zone).
struct ReadingPartition: Hashable {
    private let month: LocalMonth

    private init(month: LocalMonth) {
        self.month = month
    }

    init(holding instant: Date) {
        let days = (instant.timeIntervalSince1970 / 86_400).rounded(.down)
        month = LocalDate(daysSince1970: Int(days)).inMonth
    }

    func adding(months: Int) -> ReadingPartition {
        ReadingPartition(month: month.adding(months: months))
    }

    private var name: String {
        "reading_" + month.description.replacing("-", with: "_")
    }

    /// Creates those of `partitions` that are missing; another process may do the same at once.
    static func create(_ partitions: Set<ReadingPartition>, on connection: Connection) throws {
        let names = partitions.map(\.name).sorted()
        let present = try connection.query(
            "SELECT name FROM unnest(\(names)::text[]) AS name WHERE to_regclass(name) IS NOT NULL",
            { (name: String) in name })
        let missing = partitions.filter { !present.contains($0.name) }.sorted { $0.name < $1.name }
        guard !missing.isEmpty else { return }
        try connection.transaction {
            try connection.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.wattbuddy.partition'))")
            for partition in missing {
                try connection.script(
                    """
                    CREATE TABLE IF NOT EXISTS \(partition.name) PARTITION OF reading
                    FOR VALUES FROM ('\(partition.month)-01 00:00+00') TO ('\(partition.month.adding(months: 1))-01 00:00+00')
                    """)
            }
        }
    }
}
