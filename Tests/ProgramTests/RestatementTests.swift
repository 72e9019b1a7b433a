import Foundation
import TestSupport
import Testing

/// What comes late, and what a person says: never a silent change.
@Suite(.scratchDatabase)
struct RestatementTests {
    /// Half a kilowatt from 29 December to 3 February, read each quarter of an hour; on 31 January 8 kWh more from noon to two.
    private func lines(where isTaken: (String) -> Bool) throws -> String {
        let start = try Date("2025-12-29T00:00:00+05:30", strategy: .iso8601)
        let extra = try Date("2026-01-31T12:00:00+05:30", strategy: .iso8601)
        var text = "timestamp,energy_kWh\n"
        for quarter in 0..<(37 * 96) {
            let at = start.addingTimeInterval(Double(quarter) * 900)
            let beyond = min(max(at.timeIntervalSince(extra) / 7200, 0), 1) * 8
            let stamp = at.addingTimeInterval(19_800).formatted(.iso8601).dropLast()
            if isTaken(String(stamp)) { text += "\(stamp),\(1000 + Double(quarter) * 0.125 + beyond)\n" }
        }
        return text
    }

    private func add(_ text: String, in folder: TemporaryFolder) throws {
        let file = folder.url.appending(path: "readings.csv")
        try Data(text.utf8).write(to: file)
        let run = try Program.wattbuddy("import", file.path(), "--household", "asha")
        try #require(run.status == 0, "\(run.errors)")
    }

    private func night(_ asOf: String, into folder: TemporaryFolder) throws {
        let run = try Program.wattbuddy(
            "nightly", "--as-of", asOf + "+05:30", settings: ["OUTPUT": folder.path + "/Output"])
        try #require(run.status == 0, "\(run.errors)")
    }

    private func enterHousehold() throws {
        let run = try Program.wattbuddy(
            "household", "add", "asha", "--zone", "Asia/Kolkata", "--tariff", "in-kl-kseb-lt1a", "--tariff-from",
            "2025-01-01", "--input", "phase=single")
        try #require(run.status == 0, "\(run.errors)")
    }

    private func lastDayOfJanuary(_ folder: TemporaryFolder) throws -> String {
        let days = try folder.text("Output/households/asha/2026-01/days.csv")
        return String(try #require(days.split(separator: "\n").last { $0.hasPrefix("2026-01-31") }))
    }

    private func month(_ folder: TemporaryFolder) throws -> String {
        try folder.text("Output/households/asha/2026-01/index.html")
    }

    @Test func readingsThatComeLateRestateTheDayAndReviseTheBill() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try enterHousehold()
        func isMissing(_ stamp: String) -> Bool { stamp > "2026-01-31T12:00:00" && stamp < "2026-02-01T12:00:00" }
        try add(try lines { !isMissing($0) }, in: folder)
        try night("2026-02-02T00:30:00", into: folder)
        // Half of the gap's 20 kWh lie before midnight.
        #expect(try lastDayOfJanuary(folder).hasPrefix("2026-01-31,16.000000,43200,partly estimated,"))
        #expect(try month(folder).contains("Used 376.000 kWh, billed 376 kWh."))
        try add(try lines(where: isMissing), in: folder)
        try night("2026-02-03T00:30:00", into: folder)
        #expect(try lastDayOfJanuary(folder).hasPrefix("2026-01-31,20.000000,86400,restated,"))
        let page = try month(folder)
        #expect(page.contains("Used 380.000 kWh, billed 380 kWh. This is revision 2; it replaces the one before."))
        #expect(page.contains("Restated after it was over, because readings or corrections came late: 31 Jan."))
        try night("2026-02-03T00:30:00", into: folder)
        #expect(try month(folder) == page)
    }

    @Test func aCorrectionIsNamedOnThePageAndCanBeUndone() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try enterHousehold()
        try add(try lines { _ in true }, in: folder)
        try night("2026-02-02T00:30:00", into: folder)
        let before = try lastDayOfJanuary(folder)
        #expect(before.hasPrefix("2026-01-31,20.000000,86400,measured,"))
        let made = try Program.wattbuddy(
            "correct", "asha", "--from", "2026-01-31T12:00", "--to", "2026-01-31T14:00", "--kwh", "1.5", "--by",
            "Meera",
            "--because", "The clamp was held to the wrong wire.", "--decided-at", "2026-02-02T09:00:00+05:30")
        try #require(made.status == 0, "\(made.errors)")
        try night("2026-02-03T00:30:00", into: folder)
        #expect(
            try lastDayOfJanuary(folder).hasPrefix("2026-01-31,12.500000,79200,corrected; partly estimated; restated,"))
        let page = try month(folder)
        #expect(
            page.contains(
                "31 Jan 2026, 12:00 to 14:00: 1.500 kWh were used. The clamp was held to the wrong wire. (Meera,"))
        #expect(page.contains("Used 372.500 kWh, billed 373 kWh. This is revision 2"))
        let number = try #require(made.output.split(separator: " ").last).trimmingCharacters(
            in: .whitespacesAndNewlines)
        let undone = try Program.wattbuddy(
            "correct", "undo", "asha", number, "--by", "Meera", "--because", "It was the right wire.", "--decided-at",
            "2026-02-03T09:00:00+05:30")
        try #require(undone.status == 0, "\(undone.errors)")
        try night("2026-02-04T00:30:00", into: folder)
        #expect(try lastDayOfJanuary(folder).hasPrefix("2026-01-31,20.000000,86400,restated,"))
        #expect(try month(folder).contains("This is revision 3"))
        let list = try Program.wattbuddy("correct", "list", "asha")
        #expect(
            list.output.contains("1.5 kWh were used") && list.output.contains("undone 2026-02-03T03:30:00Z by Meera"))
    }

    @Test(arguments: [
        ["correct", "asha", "--from", "noon", "--to", "2026-01-02", "--kwh", "1", "--by", "a", "--because", "b"],
        ["correct", "asha", "--from", "2026-01-02", "--to", "2026-01-01", "--kwh", "1", "--by", "a", "--because", "b"],
        ["correct", "asha", "--from", "2026-01-01", "--to", "2026-01-02", "--by", "a", "--because", "b"],
        [
            "correct", "asha", "--from", "2026-01-01", "--to", "2026-01-02", "--verdict", "x", "--by", "a", "--because",
            "b",
        ],
        [
            "correct", "asha", "--from", "2026-01-01", "--to", "2026-01-02", "--kwh", "-1", "--by", "a", "--because",
            "b",
        ],
        [
            "correct", "nobody", "--from", "2026-01-01", "--to", "2026-01-02", "--kwh", "1", "--by", "a", "--because",
            "b",
        ],
    ])
    func aCorrectionThatCannotBeIsRefused(_ arguments: [String]) throws {
        try enterHousehold()
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try add("timestamp,energy_kWh\n2026-01-01 00:00:00,1\n", in: folder)
        let run = try Program.wattbuddy(arguments)
        #expect(run.status == 64, "\(run.errors)")
        #expect(run.errors.contains("asha") || run.errors.contains("--") || run.errors.contains("nobody"))
    }
}
