import Foundation
import Reports
import TestSupport
import Testing

/// Whole pages against files of `Expected/`. After a wanted change: `WATTBUDDY_RECORD=1 make test FILTER=PageTests`, then read
/// the difference before it is committed.
struct PageTests {
    private static let expected = repository.appending(path: "Tests/ReportsTests/Expected")

    private func check(_ text: String, _ name: String) throws {
        let file = Self.expected.appending(path: name)
        if ProcessInfo.processInfo.environment["WATTBUDDY_RECORD"] != nil {
            try Data(text.utf8).write(to: file)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        let pairs = zip(text.split(separator: "\n"), expected.split(separator: "\n"))
        let first = pairs.first { $0 != $1 }
        #expect(
            text == expected,
            "\(name): first other line: \(first.map { "\($0.0)\n   expected: \($0.1)" } ?? "one text is longer")")
    }

    private func text(_ files: [SiteFile], _ path: String) throws -> String {
        String(decoding: try #require(files.first { $0.path == path }, "there is no \(path)").bytes, as: UTF8.self)
    }

    @Test func theHouseholdsPageIsAsExpected() async throws {
        let files = try HouseholdPage.files(try report(), try await templates())
        try check(try text(files, "households/nair/index.html"), "household.html")
        #expect(
            files.map(\.path).filter { $0.hasSuffix(".png") } == [
                "households/nair/finding-bill_jump-2026-02-16-0000-light.png",
                "households/nair/finding-bill_jump-2026-02-16-0000-dark.png",
                "households/nair/finding-high_day-2026-02-12-0000-light.png",
                "households/nair/finding-high_day-2026-02-12-0000-dark.png", "households/nair/daily-light.png",
                "households/nair/daily-dark.png", "households/nair/month-light.png",
                "households/nair/month-dark.png", "households/nair/hours-light.png", "households/nair/hours-dark.png",
                "households/nair/bills/2025-12.png", "households/nair/bills/2026-01.png",
            ])
    }

    @Test func aClosedMonthsPageAndItsDaysAreAsExpected() async throws {
        let files = try MonthPage.files(
            try #require(try report().closedMonths.first), of: try report(), try await templates())
        try check(try text(files, "households/nair/2026-01/index.html"), "month.html")
        try check(try text(files, "households/nair/2026-01/days.csv"), "days.csv")
    }

    @Test func aGermanHouseholdsPageIsAsExpected() async throws {
        let report = try report(slug: "lindenhof", name: "Lindenhof 4", zone: "Europe/Berlin", locale: "de-DE")
        let files = try HouseholdPage.files(report, try await templates())
        try check(try text(files, "households/lindenhof/index.html"), "household-de.html")
    }

    @Test func theIndexTellsWhatIsNewWhatIsOldAndWhatIsMissing() async throws {
        let entry = IndexPage.Entry(try report())
        let kept = IndexPage.Entry(try report(slug: "thomas", name: "Thomas"))
        let files = try IndexPage.files(
            [.renewed(entry), .kept(kept), .missing(slug: "new", name: "New", reason: "there are no readings yet.")],
            try await templates())
        try check(try text(files, "index.html"), "index.html")
        let read = try IndexPage.Entry(kept: try entry.file.bytes)
        #expect(read == entry)
    }

    @Test func theLetterSaysTheSameInTextAndHTML() async throws {
        let report = try report()
        let letter = try BillLetter(try #require(report.bills.last), of: report, try await templates())
        #expect(letter.subject == "Corrected electricity bill for 1 to 31 January 2026: ₹953.00")
        try check(letter.plainText, "letter.txt")
        try check(letter.html, "letter.html")
        #expect(letter.picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test func theSameReportGivesTheSameBytes() async throws {
        let templates = try await templates()
        let once = try HouseholdPage.files(try report(), templates)
        let again = try HouseholdPage.files(try report(), templates)
        #expect(once.map(\.bytes) == again.map(\.bytes))
    }

    @Test func aPictureThatLiesThereIsNotDrawnAgain() async throws {
        let (templates, folder) = (try await templates(), try TemporaryFolder())
        defer { folder.remove() }
        var drawn = try HouseholdPage.files(try report(), templates).filter { $0.path.hasSuffix("-light.png") }
        var site = try Site(replacing: folder.path + "/Output")
        // A byte more behind its end shows where a picture came from.
        for file in drawn { try site.write(file.bytes + [0], to: file.path) }
        let isShown = try site.publish()
        #expect(isShown)
        let published = try Site(replacing: folder.path + "/Output").published
        func made(_ report: HouseholdReport) throws -> [SiteFile] {
            try HouseholdPage.files(report, templates, published: published)
                .filter { $0.path.hasSuffix("-light.png") }
        }
        #expect(try made(try report()).map(\.bytes) == drawn.map { $0.bytes + [0] })
        let german = try report(slug: "nair", zone: "Europe/Berlin", locale: "de-DE")
        drawn = try HouseholdPage.files(german, templates).filter { $0.path.hasSuffix("-light.png") }
        for (now, fresh) in zip(try made(german), drawn) where now.path.contains("hours") || now.path.contains("daily")
        {
            #expect(now.bytes == fresh.bytes, "\(now.path) has other numbers on it")
        }
    }

    @Test func aFolderWithoutTemplatesIsToldApart() async {
        await #expect(throws: ReportsError.self) { try await Templates(directory: "/nowhere") }
    }
}
