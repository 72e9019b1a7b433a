package import Foundation
package import Postgres

/// When each job ran, and how it ended.
package struct RunStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    package func begin(_ job: String, asOf: Date) async throws -> Int64 {
        let id = try await database.run { connection in
            try connection.first(
                "INSERT INTO run (job, as_of) VALUES (\(job), \(asOf)) RETURNING run_id", { (id: Int64) in id })
        }
        guard let id else { throw StoreError(.absent, "the run of \(job) has no number") }
        return id
    }

    /// - Parameter failed: the path names of the households that failed.
    package func finish(_ run: Int64, households: Int, failed: [String], error: String?) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE run SET finished_at = clock_timestamp(), households = \(households)::int, failed = \(failed),
                    error = \(error) WHERE run_id = \(run)
                """)
        }
    }

    /// The newest run of each job.
    package func latest() async throws -> [Run] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT DISTINCT ON (job) job, as_of, started_at, finished_at, households::bigint, failed, error
                FROM run ORDER BY job, started_at DESC
                """, Run.init(job:asOf:startedAt:finishedAt:households:failed:error:))
        }
    }
}

/// One run of a job.
package struct Run: Hashable, Sendable {
    package let job: String
    package let asOf: Date
    package let startedAt: Date
    /// Nil while it runs, or when it was killed.
    package let finishedAt: Date?
    package let households: Int?
    package let failed: [String]?
    package let error: String?
}
