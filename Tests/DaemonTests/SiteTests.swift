import Foundation
import Postgres
import TestSupport
import Testing

/// The published pages behind the login.
@Suite(.scratchDatabase)
struct SiteTests {
    private func publish(to output: URL) throws {
        for (path, text) in [
            "index.html": "all", "style.css": "body {}", "login.html": "log in", "live.html": "live", "live.js": "1",
            "favicon.svg": "<svg/>", ".secret": "secret", "households/asha/index.html": "of asha",
            "households/asha/2026-10/index.html": "october", "households/asha/day.png": "png",
            "households/asha/.hidden/x.html": "hidden", "households/ashaa/index.html": "of ashaa",
            "../outside.html": "outside",
        ] {
            let url = output.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try FileManager.default.createSymbolicLink(
            at: output.appending(path: "households/asha/link.html"),
            withDestinationURL: output.deletingLastPathComponent().appending(path: "outside.html"))
    }

    @Test func aHouseholdSeesItsOwnPagesAndAnAdministratorAll() async throws {
        let home = try await Home()
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            try publish(to: daemon.output)
            let (person, root) = (try daemon.client.bearing(home.session), try daemon.client.bearing(admin))
            let front = try await person.get("/")
            #expect(front.status == 303 && front["Location"] == "/households/asha/")
            #expect(try await person.get("/households/asha")["Location"] == "/households/asha/")
            for (path, text) in [
                "/households/asha/": "of asha", "/households/asha/2026-10/": "october",
                "/households/asha/day.png": "png",
                "/live.html": "live", "/style.css": "body {}",
            ] {
                let answer = try await person.get(path)
                #expect(answer.status == 200 && answer.text == text, "\(path): \(answer)")
            }
            for path in ["/households/ashaa/", "/households/ashaa/index.html", "/households/", "/households/ashaa"] {
                #expect(try await person.get(path).status == 404, "\(path)")
            }
            #expect(try await root.get("/").text == "all")
            #expect(try await root.get("/households/ashaa/").text == "of ashaa")
        }
    }

    private static let closed = [
        "/../outside.html", "/households/asha/../ashaa/index.html", "/households/asha/%2e%2e/ashaa/index.html",
        "/households/asha/..%2fashaa/index.html", "/%2e%2e/outside.html", "/..%2foutside.html",
        "/%2e%2e%2foutside.html",
        "/.secret", "/%2esecret", "/households/asha/.hidden/x.html", "/households/asha/%00",
        "/households/asha/index.html%00.png",
        "/households/asha/link.html", "/households/asha//../../../outside.html", "/households/asha/%ff", "/nothing",
        "/households/asha/nothing.html", "/households%5casha%5c..%5c..%5coutside.html", "//outside.html",
    ]

    @Test func nothingElseIsServed() async throws {
        let home = try await Home()
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            try publish(to: daemon.output)
            for client in [try daemon.client.bearing(home.session), try daemon.client.bearing(admin)] {
                for path in Self.closed {
                    let answer = try await client.get(path)
                    #expect([400, 404].contains(answer.status), "\(path): \(answer)")
                    let told = answer.text
                    #expect(!told.contains("outside"), "\(path): \(told)")
                    #expect(!told.contains("secret"), "\(path): \(told)")
                }
            }
        }
    }

    @Test func aStrangerIsLedToTheLoginAndBack() async throws {
        try await DaemonProcess.run { daemon in
            try publish(to: daemon.output)
            let (program, browser) = (try daemon.client, try daemon.client.with("Accept", "text/html,*/*"))
            for path in ["/", "/households/asha/", "/live.html", "/nothing"] {
                let answer = try await browser.get(path)
                #expect(answer.status == 303 && answer["Location"] == "/login?next=\(path)", "\(answer)")
                #expect(try await program.get(path).status == 401)
            }
            for path in ["/login", "/login?next=/live.html", "/style.css", "/favicon.svg"] {
                #expect(try await browser.get(path).status == 200, "\(path)")
            }
            let odd = try await browser.get("//evil.example/%0d%0aX-Evil:%20yes")
            #expect(odd["X-Evil"] == nil && odd["Location"]?.hasPrefix("/login?next=/") != false)
        }
    }

    @Test func aPageThatHasNotChangedIsNotSentAgain() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            try publish(to: daemon.output)
            let person = try daemon.client.bearing(home.session)
            let page = try await person.get("/households/asha/")
            let tag = try #require(page["ETag"])
            #expect(page["Content-Type"] == "text/html; charset=utf-8" && page["X-Content-Type-Options"] == "nosniff")
            #expect(page["Cache-Control"] == "private, no-cache")
            #expect(page["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
            let same = try await person.with("If-None-Match", tag).get("/households/asha/")
            #expect(same.status == 304 && same.body.isEmpty && same["ETag"] == tag)
            try Data("new".utf8).write(to: daemon.output.appending(path: "households/asha/index.html"))
            #expect(try await person.with("If-None-Match", tag).get("/households/asha/").text == "new")
        }
    }
}
