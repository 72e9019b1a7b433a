import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct PostgresTests {
    private func echo<Value: PostgresValue & Equatable>(_ value: Value, as type: SQL) async throws -> Value? {
        try await Database.scratch.run { connection in
            try connection.first("SELECT \(value)::\(type)", { (back: Value) in back })
        }
    }

    @Test func valuesComeBackAsTheyWent() async throws {
        #expect(try await echo(Int64.min, as: "bigint") == .min)
        #expect(try await echo("O'Neil \"&\" ₹ \\ 😀", as: "text") == "O'Neil \"&\" ₹ \\ 😀")
        #expect(try await echo("", as: "text") == "")
        #expect(try await echo(-0.1, as: "float8") == -0.1)
        #expect(try await echo(true, as: "bool") == true)
        #expect(try await echo(String?.none, as: "text") == .some(nil))
        #expect(try await echo([1, nil, -3] as [Int64?], as: "bigint[]") == [1, nil, -3])
        #expect(try await echo([] as [String], as: "text[]") == [])
        #expect(try await echo(Data([0, 255, 92, 39]), as: "bytea") == Data([0, 255, 92, 39]))
        #expect(try await echo(Data(), as: "bytea") == Data())
        #expect(try await echo([Data([1]), Data()], as: "bytea[]") == [Data([1]), Data()])
        #expect(try await echo(["a,b", "{\"}"], as: "text[]") == ["a,b", "{\"}"])
    }

    @Test(arguments: [0, 1_234_567_890_123_456, -5_000_000_000_000_001, 946_684_799_999_999])
    func instantsKeepTheirMicroseconds(microseconds: Int64) async throws {
        let date = Date(timeIntervalSince1970: Double(microseconds) / 1e6)
        let back = try #require(await echo(date, as: "timestamptz"))
        #expect((back.timeIntervalSince1970 * 1e6).rounded() == Double(microseconds))
    }

    @Test func aNullWhereNoneMayBeNamesItsColumn() async throws {
        await #expect {
            try await Database.scratch.run { try $0.first("SELECT NULL::text AS surname", { (name: String) in name }) }
        } throws: { error in
            (error as? PostgresError)?.kind == .undecodable && "\(error)".contains("surname")
        }
    }

    @Test func anotherTypeThanExpectedIsRefused() async throws {
        await #expect(throws: PostgresError.self) {
            try await Database.scratch.run { try $0.first("SELECT 1::int", { (number: Int64) in number }) }
        }
    }

    @Test func theServersMessageAndStateAreTold() async throws {
        await #expect {
            try await Database.scratch.run { try $0.execute("SELECT * FROM nothing_of_this_name") }
        } throws: { error in
            (error as? PostgresError)?.kind == .refused(sqlState: "42P01")
                && "\(error)".contains("nothing_of_this_name")
        }
    }

    @Test func aThrowRollsEverythingBack() async throws {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await Database.scratch.run { connection in
                try connection.transaction {
                    try connection.execute("INSERT INTO run (job, as_of) VALUES ('x', now())")
                    throw Stop()
                }
            }
        }
        let count = try await Database.scratch.run {
            try $0.first("SELECT count(*) FROM run", { (count: Int) in count })
        }
        #expect(count == 0)
    }

    @Test func aFailedCopyLeavesNothingAndTheConnectionUsable() async throws {
        try await Database.scratch.run { connection in
            try connection.script("CREATE TABLE pair (a bigint PRIMARY KEY, b text)")
            #expect(throws: PostgresError.self) {
                try connection.copyIn(into: "pair") { copy in
                    try copy.write(Int64(1), "x")
                    try copy.write(Int64(1), "y")
                }
            }
            struct Stop: Error {}
            #expect(throws: Stop.self) {
                try connection.copyIn(into: "pair") { copy in
                    try copy.write(Int64(1), "x")
                    throw Stop()
                }
            }
            let none = try connection.first("SELECT count(*) FROM pair", { (count: Int) in count })
            #expect(none == 0)
            try connection.copyIn(into: "pair") { copy in
                for number in 0..<100_000 { try copy.write(Int64(number), number % 2 == 0 ? String(number) : nil) }
            }
            let half = try connection.first("SELECT count(b) FROM pair", { (count: Int) in count })
            #expect(half == 50_000)
        }
    }

    @Test func rowsComeOutByCopyAsTheyAre() async throws {
        try await Database.scratch.run { connection in
            try connection.script("CREATE TABLE shown (a bigint, b timestamptz, c real, d smallint, e int)")
            let at = Date(timeIntervalSince1970: -1.25)
            try connection.execute("INSERT INTO shown VALUES (7, \(at), 1.5, 3, 4), (8, \(at), NULL, NULL, NULL)")
            var rows: [[String]] = []
            try connection.copyOut(
                "SELECT a, b, c, d, e FROM shown WHERE a >= \(Int64(7)) AND b = \(at) AND a = ANY(\([7, 8] as [Int64])) ORDER BY a"
            ) { row in
                let (a, b) = (try row.int64(), try row.instant())
                rows.append(["\(a)", "\(b == at)", "\(try row.float() as Any)", "\(try row.int16() as Any)"])
                let rest = try row.int32()
                #expect(rest == (a == 7 ? 4 : nil))
            }
            #expect(rows == [["7", "true", "Optional(1.5)", "Optional(3)"], ["8", "true", "nil", "nil"]])
            var count = 0
            try connection.copyOut("SELECT a FROM shown WHERE false") { _ in count += 1 }
            #expect(count == 0)
        }
    }

    @Test func aCopyOutThatIsGivenUpLeavesTheConnectionUsable() async throws {
        struct Enough: Error {}
        try await Database.scratch.run { connection in
            #expect(throws: Enough.self) {
                try connection.copyOut("SELECT n FROM generate_series(1, 10000000) AS n") { _ in throw Enough() }
            }
            #expect(throws: PostgresError.self) {
                try connection.copyOut("SELECT 1::int AS a") { row in _ = try row.int64() }
            }
            let one = try connection.first("SELECT 1::bigint", { (one: Int) in one })
            #expect(one == 1)
        }
    }

    @Test func aLostConnectionIsToldAndTheNextCallHasANewOne() async throws {
        let database = Database(try Database.scratchConfiguration)
        await #expect {
            try await database.run { try $0.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
        } throws: { error in
            (error as? PostgresError)?.kind == .unavailable
        }
        #expect(try await database.run { try $0.first("SELECT 1::bigint", { (one: Int) in one }) } == 1)
    }

    @Test func noServerIsUnavailable() async throws {
        let database = Database(.init(conninfo: "host=/nonexistent dbname=x"))
        await #expect {
            try await database.run { try $0.execute("SELECT 1") }
        } throws: { error in
            (error as? PostgresError)?.kind == .unavailable
        }
    }

    @Test func hundredsOfDifferentStatementsAreNoBurden() async throws {
        try await Database.scratch.run { connection in
            for number in 0..<450 {
                let sql = SQL(stringLiteral: "SELECT \(number)::bigint")
                let back = try connection.first(sql, { (back: Int) in back })
                #expect(back == number)
            }
        }
    }
}
