import Foundation
import TestSupport
import Testing

/// That a bill is about to jump is told once a period, on the page and by the command, while something can be done.
@Suite(.scratchDatabase)
struct BillJumpTests {
    /// Seven and a half kWh a day since 1 October, nine and a half from 1 February on: some 266 kWh, where 232 are usual.
    private func enterHousehold(_ folder: TemporaryFolder) throws {
        _ = try run(
            "household", "add", "asha", "--zone", "Asia/Kolkata", "--tariff", "in-kl-kseb-lt1a", "--tariff-from",
            "2025-01-01", "--input", "phase=single", in: folder)
        let start = try Date("2025-10-01T00:00:00+05:30", strategy: .iso8601)
        let more = try Date("2026-02-01T00:00:00+05:30", strategy: .iso8601)
        var text = "timestamp,energy_kWh\n"
        for hour in 0..<(150 * 24) {
            let at = start.addingTimeInterval(Double(hour) * 3600)
            let extra = max(0, at.timeIntervalSince(more) / 86_400) * 2
            let stamp = at.addingTimeInterval(19_800).formatted(.iso8601).dropLast()
            text += "\(stamp),\(1000 + Double(hour) * 0.3125 + extra)\n"
        }
        let file = folder.url.appending(path: "readings.csv")
        try Data(text.utf8).write(to: file)
        _ = try run("import", file.path(), "--household", "asha", in: folder)
    }

    private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> String {
        let ending = try Program.wattbuddy(arguments, settings: ["OUTPUT": folder.path + "/Output"])
        try #require(ending.status == 0, "\(arguments): \(ending.errors)")
        return ending.output
    }

    private func night(_ day: String, in folder: TemporaryFolder) throws -> String {
        _ = try run("nightly", "--as-of", "\(day)T18:00:00+05:30", in: folder)
        return try folder.text("Output/households/asha/index.html")
    }

    private func jumps(in folder: TemporaryFolder) throws -> [String] {
        try run("finding", "list", "asha", in: folder).split(separator: "\n").map(String.init)
            .filter { $0.contains("bill_jump") }
    }

    @Test func keralas250UnitsAreToldOnceAndForgottenWhenPassed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try enterHousehold(folder)
        #expect(!(try night("2026-01-20", in: folder)).contains("The bill is about to jump"), "233 kWh are usual")
        let page = try night("2026-02-15", in: folder)
        #expect(page.contains("<h3>The bill is about to jump</h3>"))
        #expect(page.contains("Above 250 kWh the whole bill becomes dearer"))
        #expect(page.contains("finding-bill_jump-2026-02-15-0000-light.png"))
        #expect(page.contains("dearer above 250 kWh."))
        #expect(try jumps(in: folder).count == 1)
        let again = try night("2026-02-16", in: folder)
        #expect(again.contains("As of Sun 15 Feb"), "it was told yesterday")
        #expect(try jumps(in: folder).count == 1)
        let passed = try night("2026-02-28", in: folder)
        #expect(!passed.contains("The bill is about to jump"))
        #expect(try jumps(in: folder).count == 1)
    }

    @Test func aWordThatItIsFineTakesItFromThePage() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try enterHousehold(folder)
        _ = try night("2026-02-15", in: folder)
        let id = try #require(try jumps(in: folder).first?.split(separator: "\t").first)
        _ = try run(
            "finding", "ok", "asha", String(id), "--by", "Asha", "--at", "2026-02-15T19:00:00+05:30", in: folder)
        #expect(!(try night("2026-02-16", in: folder)).contains("The bill is about to jump"))
    }
}
