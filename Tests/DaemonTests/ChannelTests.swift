import Control
import Foundation
import Notices
import Postgres
import Store
import TestSupport
import Testing

/// Alerts that reach those who do not look at a page: with a real mail server and real web servers.
@Suite(.scratchDatabase)
struct ChannelTests {
    private func channel(
        _ kind: AlertChannel.Kind, _ target: String, least: NoticeSeverity = .info, of home: Home
    ) async throws {
        _ = try await ChannelStore(.scratch).add(
            AlertChannel(kind: kind, target: target, least: least), to: home.household.id, at: Home.start)
    }

    private func settings(_ mail: MailSink? = nil) -> [String: String] {
        let web = ["URL": "https://power.example.org", "NTFY_TOKEN": "tk_1"]
        guard let mail else { return web }
        return web.merging([
            "MAIL_HOST": "localhost", "MAIL_PORT": "\(mail.port)", "MAIL_SECURITY": "none",
            "MAIL_FROM": "alerts@example.org",
        ]) { $1 }
    }

    /// Something heavy begins at socket 1, whose names a household has given.
    private func begin(_ board: inout Board, _ person: HTTPClient) async throws -> JSON {
        board.isOn = [true, false]
        board.loads = [100, 0]
        try await board.post(times: 60)
        board.loads = [900, 0]
        try await board.post(times: 3)
        var alert = JSON.null
        try await eventually("an alert") {
            alert = try await person.get("/v1/alerts").json["alerts"][0]
            return alert["state"] == "open"
        }
        return alert
    }

    private func body(_ sink: WebSink, _ index: Int) throws -> JSON {
        let text = try sink.bodies[index]
        return try JSON(Data(text.drop { $0 != "\n" }.dropFirst().utf8))
    }

    @Test func anAlertIsToldOnceByEachWayInTheWordsOfThePage() async throws {
        let home = try await Home(zone: Home.zoneOfNoon)
        let (mail, push, hook) = (try MailSink(.plain), try WebSink(answering: 200), try WebSink(answering: 200))
        defer { [mail.stop, push.stop, hook.stop].forEach { $0() } }
        try await channel(.mail, "asha@example.org", of: home)
        try await channel(.ntfy, push.root + "/my-home", of: home)
        try await channel(.webhook, hook.url, of: home)
        try await DaemonProcess.run(settings: settings(mail)) { daemon in
            let person = try daemon.client.bearing(home.session)
            var board = try Board(daemon, home)
            let alert = try await begin(&board, person)
            let sentence = try #require(alert["sentence"].text)
            try await eventually("three messages") {
                try mail.mails.count == 1 && push.bodies.count == 1 && hook.bodies.count == 1
            }
            let letter = try mail.parsed(1)
            #expect(letter.headers["To"] == "asha@example.org")
            #expect(letter.headers["Subject"] == "Far more power than usual (asha)")
            let text = try #require(letter.text("text/plain")).replacing("\r\n", with: "\n")
            #expect(text.hasPrefix("\(sentence) Since "))
            #expect(text.hasSuffix("Open the live page: https://power.example.org/live.html\n"))
            #expect(try push.bodies[0].hasPrefix("application/json Bearer tk_1\n"))
            let pushed = try body(push, 0)
            #expect(pushed["topic"] == "my-home" && pushed["priority"] == 3, "\(pushed)")
            #expect(
                pushed["message"].text?.hasPrefix(sentence) == true && pushed["title"].text == letter.headers["Subject"]
            )
            #expect(pushed["actions"][0]["label"] == "Open the live page", "\(pushed)")
            #expect(pushed["click"] == "https://power.example.org/live.html")
            let posted = try body(hook, 0)
            #expect(
                posted["event"] == "opened" && posted["alert"]["id"] == alert["id"])
            #expect(posted["alert"]["sentence"].text == sentence, "\(posted)")

            // Who has seen it needs no message.
            _ = try await person.post("/v1/alerts/\(alert["id"].integer ?? 0)/acknowledge")
            board.loads = [100, 0]
            try await board.post()
            try await eventually("three more") {
                try mail.mails.count == 2 && push.bodies.count >= 2 && hook.bodies.count >= 2
            }
            #expect(try mail.parsed(2).headers["Subject"] == "Over: Far more power than usual (asha)")
            #expect(try body(hook, hook.bodies.count - 1)["event"] == "resolved")
        }
        let counts = [try mail.mails.count, try push.bodies.count, try hook.bodies.count]
        #expect(counts == [2, 2, 2])
    }

    private func states() async throws -> [String] {
        try await Database.scratch.run { connection in
            try connection.query(
                "SELECT kind || ' ' || event || ' ' || state || ' ' || tries FROM alert_message JOIN alert_channel USING (channel_id) ORDER BY message_id",
                { (text: String) in text })
        }
    }

    @Test func aServerThatIsAwayGetsItOnceLaterAndOneThatRefusesNever() async throws {
        let home = try await Home(zone: Home.zoneOfNoon)
        let (later, never, graver) = (
            try WebSink(answering: 503, 200), try WebSink(answering: 404), try WebSink(answering: 200)
        )
        defer { [later.stop, never.stop, graver.stop].forEach { $0() } }
        try await channel(.webhook, later.url, of: home)
        try await channel(.ntfy, never.root + "/gone", of: home)
        try await channel(.webhook, graver.url, least: .warning, of: home)
        try await DaemonProcess.run(settings: settings()) { daemon in
            let person = try daemon.client.bearing(home.session)
            var board = try Board(daemon, home)
            _ = try await begin(&board, person)
            try await eventually("one waits, one is refused") {
                try await states() == ["webhook opened due 1", "ntfy opened refused 1"]
            }
            // The minute until the next trial need not be waited for.
            try await Database.scratch.run { try $0.execute("UPDATE alert_message SET due_at = created_at") }
            daemon.kill9()
            try daemon.start()
            try await eventually("it is sent") {
                try await states() == ["webhook opened sent 2", "ntfy opened refused 1"]
            }
            #expect(try later.bodies.count == 2 && never.bodies.count == 1)
        }
        #expect(try graver.bodies.isEmpty, "a spike is not grave enough")
        let failures = try await ChannelStore(.scratch).failures(since: .distantPast, before: .distantFuture)
        #expect(failures.map(\.error) == ["\(never.root)/ answered 404"])
    }
}
