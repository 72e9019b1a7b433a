package import Postgres

/// The tables, and the numbered steps that made them what they are.
///
/// Keys begin with `meter_id` and readings are partitioned by month, so that the same schema can be distributed by
/// `meter_id` later; nothing refers by foreign key to a table that would be distributed.
package enum Schema {
    /// Brings the database up to the newest step; each step is a transaction of its own.
    ///
    /// Two processes may do this at once: the second waits for the first and finds nothing left to do.
    ///
    /// - Returns: the steps that were taken now.
    package static func migrate(_ connection: Connection) throws -> [Int] {
        var taken: [Int] = []
        for migration in migrations where try take(migration, on: connection) {
            taken.append(migration.number)
        }
        return taken
    }

    private static func take(_ migration: Migration, on connection: Connection) throws -> Bool {
        try connection.transaction {
            try connection.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.wattbuddy.migration'))")
            try connection.script(
                """
                CREATE TABLE IF NOT EXISTS migration (
                    number int PRIMARY KEY, name text NOT NULL, taken_at timestamptz NOT NULL DEFAULT now())
                """)
            let isTaken = try connection.first(
                "SELECT true FROM migration WHERE number = \(migration.number)::int", { (taken: Bool) in taken })
            guard isTaken == nil else { return false }
            try connection.script(migration.sql)
            try connection.execute(
                "INSERT INTO migration (number, name) VALUES (\(migration.number)::int, \(migration.name))")
            return true
        }
    }

    /// The number of the newest step, 0 for an empty database.
    package static func version(_ connection: Connection) throws -> Int {
        guard try connection.first("SELECT to_regclass('migration') IS NOT NULL", { (exists: Bool) in exists }) == true
        else { return 0 }
        return try connection.first(
            "SELECT coalesce(max(number), 0)::bigint FROM migration", { (number: Int) in number }) ?? 0
    }

    /// The numbers of all steps.
    package static var numbers: [Int] {
        migrations.map(\.number)
    }

    package static var newest: Int {
        migrations.map(\.number).max() ?? 0
    }
}

/// One numbered step of the schema. A step that has been released is never changed; a new one follows it.
struct Migration {
    let number: Int
    let name: String
    let sql: String
}
