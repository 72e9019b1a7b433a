import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct SchemaTests {
    @Test func aSecondMigrationFindsNothingToDo() async throws {
        let (taken, version) = try await Database.scratch.run { connection in
            (try Schema.migrate(connection), try Schema.version(connection))
        }
        #expect(taken.isEmpty)
        #expect(version == Schema.newest)
    }

    @Test func manyProcessesMayMigrateAtOnce() async throws {
        let configuration = try Database.scratchConfiguration
        try await Database.scratch.run { connection in
            try connection.script(
                """
                DO $$ DECLARE name text := current_schema(); BEGIN
                    EXECUTE format('DROP SCHEMA %I CASCADE', name);
                    EXECUTE format('CREATE SCHEMA %I', name);
                END $$
                """)
        }
        let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<6 {
                group.addTask { try await Database(configuration).run { try Schema.migrate($0) } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.sorted() == Schema.numbers)
    }

    @Test func everyKeyOfAMetersTableBeginsWithTheMeter() async throws {
        let tables = try await Database.scratch.run { connection in
            try connection.query(
                """
                SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'meter_id'
                JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                AND c.relname <> 'meter_name' AND i.indkey[0] <> a.attnum
                """, { (name: String) in name })
        }
        #expect(tables == [])
    }

    @Test func nothingRefersToATableThatWouldBeDistributed() async throws {
        let references = try await Database.scratch.run { connection in
            try connection.query(
                """
                SELECT conname::text FROM pg_constraint WHERE contype = 'f'
                AND connamespace = current_schema()::regnamespace
                AND confrelid IN ('meter'::regclass, 'reading'::regclass, 'daily_consumption'::regclass, 'bill'::regclass)
                """, { (name: String) in name })
        }
        #expect(references == [])
    }
}
