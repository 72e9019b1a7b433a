import Foundation
import Postgres
import TestSupport
import Testing

/// From readings to pages with the program itself, a real database and a real browser.
@Suite(.scratchDatabase)
struct NightTests {
    private static let asOf = "2026-02-20T18:00:00+05:30"

    private func simulate(_ homes: String...) throws {
        for home in homes {
            let run = try Program.wattbuddy(
                "simulate", "--home", home, "--from", "2025-12-20", "--to", "2026-02-21", "--seed", "2026",
                "--into-database")
            try #require(run.status == 0, "\(run.errors)")
        }
    }

    private func night(into folder: TemporaryFolder, asOf: String = asOf) throws -> Program.Ending {
        try Program.wattbuddy("nightly", "--as-of", asOf, settings: ["OUTPUT": folder.path + "/Output"])
    }

    private func files(of folder: TemporaryFolder) throws -> [String: Data] {
        let root = folder.path + "/Output"
        return try FileManager.default.subpathsOfDirectory(atPath: root).reduce(into: [:]) { files, path in
            let file = URL(filePath: "\(root)/\(path)")
            guard try isFile(file) else { return }
            files[path] = try Data(contentsOf: file)
        }
    }

    private func isFile(_ url: URL) throws -> Bool {
        try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    }

    @Test func aNightMakesPagesThatABrowserShowsWholeAndTheNextOneChangesNothing() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try simulate("thomas", "lindenhof")
        let first = try night(into: folder)
        #expect(first.status == 0)
        #expect(first.output + first.errors == "", "a job that succeeds says nothing")
        let before = try files(of: folder)
        #expect(before.count > 30)
        let second = try night(into: folder)
        #expect(second.status == 0)
        #expect(try files(of: folder) == before)
        try look(at: folder)
    }

    /// Opens the pages as a phone and as a desk shows them, light and dark, and keeps what was seen in `.screenshots/`.
    private func look(at folder: TemporaryFolder) throws {
        let shots = repository.appending(path: ".screenshots")
        try FileManager.default.createDirectory(at: shots, withIntermediateDirectories: true)
        let pages = [
            ("index", "index.html"), ("household", "households/thomas/index.html"),
            ("month", "households/thomas/2026-01/index.html"), ("berlin", "households/lindenhof/index.html"),
            ("live-alone", "live.html"),
        ]
        for (device, width, height, scheme) in [("phone", 390, 844, "light"), ("desk", 1280, 900, "dark")] {
            let browser = try Browser(width: width, height: height, scheme: scheme)
            for (name, path) in pages {
                try browser.open(folder.url.appending(path: "Output/\(path)"))
                try check(browser, "\(name) on a \(device)", scheme)
                try browser.screenshot().write(to: shots.appending(path: "\(name)-\(device).png"))
            }
            try browser.open(folder.url.appending(path: "Output/index.html"))
            try followLinks(browser)
            try browser.close()
        }
    }

    private func check(_ browser: Browser, _ page: String, _ scheme: String) throws {
        let console = try browser.console()
        #expect(console == [], "\(page): the console")
        let wide = try browser.evaluate(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(wide == "0", "\(page): wider than the window")
        let broken = try browser.evaluate(
            """
            return Array.from(document.images).filter(i => i.loading != 'lazy' && (!i.complete || i.naturalWidth == 0 || !i.alt))
                .map(i => i.src.slice(-80)).join()
            """)
        #expect(broken == "", "\(page): pictures that do not show or say nothing")
        let isDark = try browser.evaluate("return matchMedia('(prefers-color-scheme: dark)').matches")
        #expect(isDark == (scheme == "dark" ? "1" : "0") || isDark == (scheme == "dark" ? "true" : "false"))
        let shown = try browser.evaluate(
            "return Array.from(document.querySelectorAll('picture img')).every(i => i.currentSrc.includes('-\(scheme)'))"
        )
        #expect(["1", "true"].contains(shown), "\(page): the pictures of the \(scheme) theme")
    }

    /// Every link from the index, from the live page, and from the households' pages, leads somewhere.
    private func followLinks(_ browser: Browser) throws {
        let links = "return Array.from(document.querySelectorAll('a[href]')).map(a => a.href).join('\\n')"
        let first = try browser.evaluate(links).split(separator: "\n").map(String.init)
        #expect(first.count == 3)
        var all = first
        for link in first {
            try browser.open(try #require(URL(string: link)))
            all += try browser.evaluate(links).split(separator: "\n").map(String.init)
        }
        for link in Set(all) {
            let place = try #require(URL(string: link))
            #expect(try isFile(place), "\(link)")
        }
    }

    @Test func aHouseholdThatFailsKeepsItsLastPageAndStopsNoOther() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try simulate("asha", "nair", "thomas")
        #expect(try night(into: folder, asOf: "2026-02-19T18:00:00+05:30").status == 0)
        try await Database.scratch.run { connection in
            try connection.execute("UPDATE household SET zone = 'Nowhere/Land' WHERE slug = 'asha'")
            try connection.execute(
                """
                UPDATE register_event SET kind = 'odd' WHERE meter_id = (
                    SELECT meter_id FROM meter JOIN household USING (household_id) WHERE slug = 'nair')
                """)
        }
        let run = try night(into: folder)
        #expect(run.status == 2)
        #expect(run.errors.contains("household asha:") && run.errors.contains("household nair:"))
        let index = try folder.text("Output/index.html")
        #expect(index.components(separatedBy: "could not be renewed").count == 3)
        #expect(try folder.text("Output/households/thomas/index.html").contains("20 Feb 2026, 18:00"))
        #expect(try folder.text("Output/households/asha/index.html").contains("19 Feb 2026, 18:00"))
        let status = try Program.wattbuddy(
            "status", "--as-of", Self.asOf, settings: ["OUTPUT": folder.path + "/Output"])
        #expect(status.status == 2)
        #expect(status.output.contains("! nightly: failed for asha, nair"))
    }

    @Test func theStagesOneByOneMakeTheNightsPages() throws {
        let (whole, parts) = (try TemporaryFolder(), try TemporaryFolder())
        defer { for folder in [whole, parts] { folder.remove() } }
        try simulate("thomas")
        for stage in ["roll-up", "analyse", "close-bills", "publish"] {
            let run = try Program.wattbuddy(
                stage, "--as-of", Self.asOf, settings: ["OUTPUT": parts.path + "/Output"])
            #expect(run.status == 0, "\(stage): \(run.errors)")
        }
        let again = try Program.wattbuddy("roll-up", "--from", "2026-01-10", "--as-of", Self.asOf)
        #expect(again.status == 0)
        #expect(try night(into: whole).status == 0)
        #expect(try files(of: whole) == files(of: parts))
    }

    @Test func nightAfterNightComesToTheSamePagesAsOneNightOverAll() throws {
        let (often, once) = (try TemporaryFolder(), try TemporaryFolder())
        defer { for folder in [often, once] { folder.remove() } }
        try simulate("nair", "lindenhof")
        for asOf in ["2026-01-03T00:30:00", "2026-01-19T00:00:00", "2026-01-20T00:30:00", "2026-02-11T11:00:00"] {
            #expect(try night(into: often, asOf: asOf + "+05:30").status == 0)
        }
        #expect(try night(into: often).status == 0)
        let inSteps = try files(of: often)
        let again = try Program.wattbuddy("roll-up", "--from", "2025-12-01", "--as-of", Self.asOf)
        #expect(again.status == 0)
        #expect(try night(into: once).status == 0)
        let whole = try files(of: once)
        #expect(Set(inSteps.keys) == Set(whole.keys))
        for (path, bytes) in whole { #expect(inSteps[path] == bytes, "\(path)") }
    }

    @Test func billsGoOutByMailOnce() async throws {
        let sink = try MailSink(.startTLS)
        defer { sink.stop() }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try simulate("thomas", "nair")
        #expect(try night(into: folder).status == 0)
        for (household, address) in [("thomas", "thomas@example.org"), ("nair", "bad@example.org")] {
            #expect(try Program.wattbuddy("household", "set", household, "--mail-to", address).status == 0)
        }
        let settings = [
            "MAIL_HOST": "localhost", "MAIL_PORT": "\(sink.port)", "MAIL_USERNAME": MailSink.login.name,
            "MAIL_PASSWORD": MailSink.login.password, "MAIL_AUTHORITIES": sink.authorities,
            "MAIL_FROM": "bills@example.org",
        ]
        let first = try Program.wattbuddy("send-bills", "--as-of", Self.asOf, settings: settings)
        #expect(first.status == 2)
        #expect(first.errors.contains("household nair:") && !first.errors.contains("household thomas:"))
        let second = try Program.wattbuddy("send-bills", "--as-of", Self.asOf, settings: settings)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try sink.mails.count == 1)
        let mail = try sink.parsed(1)
        #expect(mail.headers["To"] == "thomas@example.org")
        #expect(mail.headers["Subject"]?.contains("January 2026: ₹") == true)
        #expect(mail.defects == [])
        let picture = try Data(
            contentsOf: folder.url.appending(path: "Output/households/thomas/bills/2026-01.png"))
        #expect(mail.parts.last?.content == picture)
        let total = try #require(mail.headers["Subject"]?.split(separator: "₹").last)
        #expect(mail.text("text/plain")?.contains("To pay: ₹\(total)") == true)
        #expect(mail.text("text/html")?.contains("cid:bill@wattbuddy") == true)
    }

    @Test func aMailServerThatIsAwayIsForAnotherTryAndNothingIsLost() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try simulate("thomas")
        #expect(try night(into: folder).status == 0)
        #expect(try Program.wattbuddy("household", "set", "thomas", "--mail-to", "thomas@example.org").status == 0)
        let sink = try MailSink(.plain)
        let settings = [
            "MAIL_HOST": "localhost", "MAIL_PORT": "\(sink.port)", "MAIL_SECURITY": "none",
            "MAIL_FROM": "bills@example.org",
        ]
        sink.stop()
        let away = try Program.wattbuddy("send-bills", "--as-of", Self.asOf, settings: settings)
        #expect(away.status != 0)
        let back = try MailSink(.plain)
        defer { back.stop() }
        let later = try Program.wattbuddy(
            "send-bills", "--as-of", Self.asOf,
            settings: settings.merging(["MAIL_PORT": "\(back.port)"]) { _, new in new })
        #expect(later.status == 0, "\(later.errors)")
        #expect(try back.mails.count == 1)
    }
}
