import Foundation
import Postgres
import TestSupport
import Testing

/// A night goes on from where the last one ended, and finds what a review of all days finds.
@Suite(.scratchDatabase)
struct GoingOnTests {
    private func run(_ arguments: String...) throws {
        let run = try Program.wattbuddy(arguments)
        try #require(run.status == 0, "\(arguments): \(run.errors)")
    }

    private func analyse(_ asOf: String) throws {
        try run("roll-up", "--as-of", asOf)
        try run("analyse", "--as-of", asOf)
    }

    private func rows(_ sql: SQL) async throws -> [String] {
        try await Database.scratch.run { try $0.query(sql, { (row: String) in row }) }
    }

    private func findings() async throws -> [String] {
        try await rows(
            """
            SELECT concat_ws(' ', meter_id, kind, starts_at, ends_at, night, observed, usual, extra_mwh, score, evidence)
            FROM finding ORDER BY meter_id, starts_at, kind
            """)
    }

    private func trials() async throws -> [String] {
        try await rows("SELECT forecast_trial::text FROM forecast_trial ORDER BY meter_id, period_first, days_over")
    }

    private func marks() async throws -> [String] {
        try await rows("SELECT day::text || ' ' || md5(memory) FROM night_memory ORDER BY meter_id")
    }

    private func forgetAll() async throws {
        try await Database.scratch.run { connection in
            try connection.execute("DELETE FROM night_memory")
            try connection.execute("DELETE FROM forecast_trial")
        }
    }

    @Test(arguments: ["nair", "lindenhof"])
    func whatIsFoundNightByNightIsWhatAReviewOfAllDaysFinds(home: String) async throws {
        try run(
            "simulate", "--home", home, "--from", "2025-08-01", "--to", "2026-02-21", "--seed", "2026",
            "--into-database")
        for day in ["05", "12", "13", "14", "15", "16", "17"] { try analyse("2026-02-\(day)T18:00:00Z") }
        #expect(try await marks().map { $0.prefix(10) } == ["2026-02-13"], "it can go on")
        let (found, tried, marked) = (try await findings(), try await trials(), try await marks())
        #expect(found.count >= 2)
        #expect(!tried.isEmpty)
        try await forgetAll()
        try run("analyse", "--as-of", "2026-02-17T18:00:00Z")
        #expect(try await findings() == found)
        #expect(try await trials() == tried)
        #expect(try await marks() == marked)
    }

    /// Half a kilowatt since 1 December, read each hour, but for days that come late.
    private func add(_ folder: TemporaryFolder, where isTaken: (String) -> Bool) throws {
        let start = try Date("2025-12-01T00:00:00+05:30", strategy: .iso8601)
        let late = try Date("2026-02-02T00:00:00+05:30", strategy: .iso8601)
        var text = "timestamp,energy_kWh\n"
        for hour in 0...(80 * 24) {
            let at = start.addingTimeInterval(Double(hour) * 3600)
            let extra = min(max(at.timeIntervalSince(late) / 86_400, 0), 1) * 30
            let evening = Double(hour / 24 * 3 + max(0, min(3, hour % 24 - 18)))
            let stamp = at.addingTimeInterval(19_800).formatted(.iso8601).dropLast()
            if isTaken(String(stamp)) { text += "\(stamp),\(1000 + Double(hour) * 0.2 + evening + extra)\n" }
        }
        let file = folder.url.appending(path: "readings.csv")
        try Data(text.utf8).write(to: file)
        try run("import", file.path(), "--household", "asha")
    }

    @Test func aReadingThatComesLateChangesWhatWasFoundLongAgo() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        func isLate(_ stamp: String) -> Bool { stamp > "2026-02-02T00:00:00" && stamp < "2026-02-03T00:00:00" }
        try add(folder) { !isLate($0) }
        for day in ["15", "16"] { try analyse("2026-02-\(day)T01:00:00+05:30") }
        #expect(try await findings().filter { $0.contains(" gap ") }.count == 1)
        try add(folder) { _ in true }
        try analyse("2026-02-17T01:00:00+05:30")
        let found = try await findings()
        #expect(found.filter { $0.contains(" gap ") }.isEmpty, "what came late was no gap")
        #expect(found.contains { $0.contains(" high_day ") || $0.contains(" left_on ") })
        try await forgetAll()
        try run("analyse", "--as-of", "2026-02-17T01:00:00+05:30")
        #expect(try await findings() == found)
    }
}
