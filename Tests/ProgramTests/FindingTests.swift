import Foundation
import TestSupport
import Testing

/// What a night finds, on the page and by the command.
@Suite(.scratchDatabase)
struct FindingTests {
    private static let asOf = "2026-02-20T18:00:00+05:30"

    private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> String {
        let ending = try Program.wattbuddy(arguments, settings: ["OUTPUT": folder.path + "/Output"])
        try #require(ending.status == 0, "\(arguments): \(ending.errors)")
        return ending.output
    }

    @Test func somethingLeftOnIsShownUntilItIsCalledFine() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        // The Nair family leaves a kilowatt on for a day, six days before the last.
        _ = try run(
            "simulate", "--home", "nair", "--from", "2025-12-20", "--to", "2026-02-21", "--seed", "2026",
            "--into-database", in: folder)
        _ = try run("nightly", "--as-of", Self.asOf, in: folder)
        let page = try folder.text("Output/households/nair/index.html")
        #expect(page.contains("Sun 15 Feb"))
        let lines = try run("finding", "list", "nair", in: folder).split(separator: "\n")
        let line = try #require(
            lines.first { $0.contains("2026-02-1") && $0.contains("high_day") || $0.contains("left_on") })
        let id = String(try #require(line.split(separator: "\t").first))
        _ = try run("finding", "ok", "nair", id, "--by", "Lakshmi", "--at", Self.asOf, in: folder)
        #expect(try run("finding", "list", "nair", in: folder).contains("fine since"))
        _ = try run("publish", "--as-of", Self.asOf, in: folder)
        let after = try folder.text("Output/households/nair/index.html")
        #expect(after != page)
    }

    @Test func aNumberThatIsNotThereIsRefused() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try run(
            "simulate", "--home", "nair", "--from", "2026-02-19", "--to", "2026-02-21", "--into-database", in: folder)
        let ending = try Program.wattbuddy("finding", "ok", "nair", "99", "--by", "Lakshmi")
        #expect(ending.status != 0)
        #expect(ending.errors.contains("no finding 99"))
    }
}
