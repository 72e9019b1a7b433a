import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct ReadingStoreTests {
    private func meter() async throws -> Meter {
        let households = HouseholdStore(try .scratch)
        return try await households.saveMeter(
            named: "main", of: try await households.sample(), role: .main, cadence: 60)
    }

    @Test func aReadingIsStoredOnceHoweverOftenItComes() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        let some = readings(from: try instant("2025-03-31T20:00:00Z"), count: 500)
        #expect(try await store.insert([(meter.id, some)]) == 500)
        #expect(try await store.insert([(meter.id, some.reversed())]) == 0)
        #expect(try await store.insert([(meter.id, some.suffix(10) + some.prefix(10))]) == 0)
        let history = try await store.history(
            of: meter, in: some[0].at..<some[499].at.addingTimeInterval(1), knownBy: .distantFuture)
        #expect(history.readings.map(\.at) == some.map(\.at))
        #expect(history.readings.map(\.register) == some.map(\.register))
        #expect(history.readings.map(\.relays) == some.map(\.relays))
    }

    @Test func whatFollowsOverlapsOrComesTwiceIsStoredOnceByWhicheverWay() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        let some = readings(from: try instant("2025-03-31T20:00:00Z"), count: 900)
        #expect(try await store.insert([(meter.id, Array(some[..<300]))]) == 300)
        #expect(try await store.insert([(meter.id, Array(some[300..<600]))]) == 300)
        #expect(try await store.insert([(meter.id, Array(some[550..<700]))]) == 100)
        #expect(try await store.insert([(meter.id, Array(some[700..<800])), (meter.id, Array(some[750...]))]) == 200)
        let span = try #require(try await store.span(of: meter))
        #expect((span.first, span.last, span.changes) == (some[0].at, some[899].at, 4))
        let history = try await store.history(
            of: meter, in: some[0].at..<some[899].at.addingTimeInterval(1), knownBy: .distantFuture)
        #expect(history.readings.map(\.register) == some.map(\.register))
    }

    @Test func twoProcessesThatStoreTheSameReadingsLoseAndDoubleNone() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        let configuration = try Database.scratchConfiguration
        let some = readings(from: try instant("2025-03-31T20:00:00Z"), count: 2000)
        _ = try await store.insert([(meter.id, [some[0]])])
        let added = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask { try await ReadingStore(Database(configuration)).insert([(meter.id, some)]) }
            }
            return try await group.reduce(0, +)
        }
        #expect(added == 1999)
    }

    @Test func aMonthWithoutAPartitionGetsOne() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        let old = readings(from: try instant("1999-12-31T23:30:00Z"), count: 90)
        #expect(try await store.insert([(meter.id, old)]) == 90)
        let names = try await Database.scratch.run { connection in
            try connection.query(
                "SELECT relname::text FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'reading'::regclass ORDER BY 1",
                { (name: String) in name })
        }
        #expect(names == ["reading_1999_12", "reading_2000_01"])
    }

    @Test func neighboursComeWithTheHistoryAndTheFutureDoesNot() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        let some = readings(from: try instant("2025-01-01T00:00:00Z"), count: 100)
        _ = try await store.insert([(meter.id, some)])
        let history = try await store.history(of: meter, in: some[20].at..<some[30].at, knownBy: some[32].at)
        #expect(history.readings.map(\.at) == some[12...32].map(\.at))
    }

    @Test func whatCameNewIsRemembered() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        #expect(try await store.span(of: meter) == nil)
        let some = readings(from: try instant("2025-01-01T00:00:00Z"), count: 100)
        _ = try await store.insert([(meter.id, Array(some[50...]))])
        _ = try await store.insert([(meter.id, Array(some[..<50]))])
        let span = try #require(try await store.span(of: meter))
        #expect(span.first == some[0].at)
        #expect(span.last == some[99].at)
        #expect(span.changedFrom == some[0].at)
        #expect(span.changes == 2)
    }

    @Test func aFailureInTheMiddleStoresNothing() async throws {
        let store = ReadingStore(try .scratch)
        let meter = try await meter()
        try await Database.scratch.run { connection in
            try connection.script("ALTER TABLE reading ADD CHECK (register_mwh < 500000)")
        }
        let some = readings(from: try instant("2025-01-01T00:00:00Z"), count: 100)
        await #expect(throws: PostgresError.self) { try await store.insert([(meter.id, some)]) }
        #expect(try await store.span(of: meter) == nil)
        #expect(try await store.insert([(meter.id, Array(some.prefix(50)))]) == 50)
    }
}
