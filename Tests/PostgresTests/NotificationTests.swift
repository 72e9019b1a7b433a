import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct NotificationTests {
    private let channel = "channel \"of\" \(UUID().uuidString.prefix(8))"

    private func notify(_ payload: String) async throws {
        try await Database.scratch.run { [channel] connection in
            try connection.execute("SELECT pg_notify(\(channel), \(payload))")
        }
    }

    /// The server's processes that listen to the channel.
    private func listeners() async throws -> [Int32] {
        let statement = "LISTEN \"\(channel.replacing("\"", with: "\"\""))\""
        return try await Database.scratch.run { connection in
            try connection.query("SELECT pid FROM pg_stat_activity WHERE query = \(statement)", { (pid: Int32) in pid })
        }
    }

    /// Returns when no connection listens any more.
    private func awaitNoListener() async throws {
        while try await !listeners().isEmpty { await Task.yield() }
    }

    @Test func whatIsCommittedIsHeardInItsOrder() async throws {
        struct Stop: Error {}
        let heard = try await Database.scratchConfiguration.notifications(on: channel)
        await #expect(throws: Stop.self) {
            try await Database.scratch.run { [channel] connection in
                try connection.transaction {
                    try connection.execute("SELECT pg_notify(\(channel), 'taken back')")
                    throw Stop()
                }
            }
        }
        for payload in ["one", "", "O'Neil ₹"] { try await notify(payload) }
        var iterator = heard.makeAsyncIterator()
        for payload in ["one", "", "O'Neil ₹"] {
            let next = try await iterator.next()
            #expect(next?.channel == channel && next?.payload == payload)
        }
    }

    @Test func aLostConnectionEndsTheStreamWithAnError() async throws {
        let heard = try await Database.scratchConfiguration.notifications(on: channel)
        try await notify("before")
        var iterator = heard.makeAsyncIterator()
        #expect(try await iterator.next()?.payload == "before")
        let pid = try #require(try await listeners().first)
        try await Database.scratch.run { try $0.execute("SELECT pg_terminate_backend(\(pid))") }
        await #expect {
            while try await iterator.next() != nil {}
        } throws: { error in
            (error as? PostgresError)?.kind == .unavailable
        }
    }

    @Test func aServerThatStopsEndsTheStreamWithAnError() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let cluster = try PrivateCluster(directory: folder.path + "/cluster")
        try cluster.ensureRunning()
        let heard = try await cluster.configuration(database: "postgres").notifications(on: channel)
        try cluster.stop()
        await #expect {
            for try await _ in heard {}
        } throws: { error in
            (error as? PostgresError)?.kind == .unavailable
        }
        await #expect(throws: PostgresError.self) {
            try await cluster.configuration(database: "postgres").notifications(on: channel)
        }
    }

    @Test func aTaskThatIsCancelledGivesItsConnectionUp() async throws {
        let heard = try await Database.scratchConfiguration.notifications(on: channel)
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                var count = 0
                for try await _ in heard { count += 1 }
                return count
            }
            #expect(try await listeners().count == 1)
            group.cancelAll()
            let count = try await group.next()
            #expect(count == 0)
        }
        try await awaitNoListener()
    }

    @Test func aStreamThatIsLetGoGivesItsConnectionUp() async throws {
        func listen() async throws {
            _ = try await Database.scratchConfiguration.notifications(on: channel)
        }
        try await listen()
        try await awaitNoListener()
    }

    @Test func aReaderThatLagsIsToldSoAndMissesNothingUnknowingly() async throws {
        let heard = try await Database.scratchConfiguration.notifications(on: channel)
        try await Database.scratch.run { [channel] connection in
            try connection.execute("SELECT pg_notify(\(channel), n::text) FROM generate_series(1, 1500) AS n")
        }
        try await awaitNoListener()
        var count = 0
        await #expect(throws: PostgresError.self) {
            for try await notification in heard {
                count += 1
                #expect(notification.payload == String(count))
            }
        }
        #expect(count == 1000)
    }
}
