import Foundation
import Postgres
import Secrets
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct PeopleTests {
    private func logIn(_ client: HTTPClient, _ name: String, _ password: String) async throws -> HTTPAnswer {
        try await client.post("/v1/login", #"{"email":"\#(name)","password":"\#(password)"}"#)
    }

    @Test func aPersonLogsInAndOut() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let client = try daemon.client
            for name in ["asha", "ASHA", "asha@example.org"] {
                #expect(try await logIn(client, name, "password of asha").status == 200, "\(name)")
            }
            let answer = try await logIn(client, "asha", "password of asha")
            let token = try #require(answer.json["token"].text)
            #expect(token.hasPrefix("wbs_") && token.count == 47)
            #expect(
                answer.json["account"] == [
                    "id": .number(Double(home.person.id)), "name": "asha", "email": "asha@example.org",
                    "role": "household", "household": "asha",
                ])
            let cookie = try #require(answer["Set-Cookie"])
            #expect(cookie.hasPrefix("wattbuddy_session=\(token);"))
            let parts = Set(cookie.split(separator: ";").dropFirst().map { $0.trimmingCharacters(in: .whitespaces) })
            #expect(parts == ["Path=/", "Max-Age=2592000", "HttpOnly", "SameSite=Lax"])
            #expect(
                try await client.with("Cookie", "wattbuddy_session=\(token)").get("/v1/me").json["account"]["name"]
                    == "asha")
            let person = client.bearing(token)
            #expect(try await person.get("/v1/me").json["household"]["zone"] == "Asia/Kolkata")
            #expect(try await person.post("/v1/logout").status == 200)
            #expect(try await person.get("/v1/me").status == 401)
            #expect(try await client.bearing(home.session).get("/v1/me").status == 200)
        }
    }

    @Test func aWrongPasswordAndAnUnknownNameAreAnsweredAlike() async throws {
        _ = try await Home()
        try await DaemonProcess.run { daemon in
            let wrong = try await logIn(daemon.client, "asha", "password of babu")
            let unknown = try await logIn(daemon.client, "nobody", "password of asha")
            #expect(wrong.status == 401 && unknown.status == 401)
            #expect(wrong.body == unknown.body && wrong["Set-Cookie"] == nil)
        }
    }

    @Test func whoGuessesIsSlowedDown() async throws {
        _ = try await Home()
        try await DaemonProcess.run { daemon in
            var answers: [HTTPAnswer] = []
            for _ in 0..<6 { answers.append(try await logIn(daemon.client, "asha", "guess")) }
            #expect(answers.prefix(5).allSatisfy { $0.status == 401 })
            let last = try #require(answers.last)
            #expect(last.status == 429 && last.json["code"] == "slow_down", "\(last)")
            #expect(last["Retry-After"].flatMap { Int($0) } ?? 0 >= 1)
            let right = try await logIn(daemon.client, "asha", "password of asha")
            #expect(right.status == 429, "the right password has to wait as well")
        }
    }

    @Test func anotherPasswordEndsTheOtherSessions() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let client = try daemon.client
            let token = try #require(try await logIn(client, "asha", "password of asha").json["token"].text)
            let (mine, other) = (client.bearing(token), client.bearing(home.session))
            #expect(try await other.get("/v1/me").status == 200)
            let wrong = try await mine.post("/v1/password", #"{"old":"x","new":"a much longer one"}"#)
            #expect(wrong.status == 400 && wrong.json["field"] == "old")
            let short = try await mine.post("/v1/password", #"{"old":"password of asha","new":"short"}"#)
            #expect(short.status == 400 && short.json["field"] == "new")
            let done = try await mine.post("/v1/password", #"{"old":"password of asha","new":"a much longer one"}"#)
            #expect(done.status == 200, "\(done)")
            #expect(try await mine.get("/v1/me").status == 200)
            #expect(try await other.get("/v1/me").status == 401)
            #expect(try await logIn(client, "asha", "password of asha").status == 401)
            #expect(try await logIn(client, "asha", "a much longer one").status == 200)
        }
    }

    @Test func sessionsSurviveARestartAndADisabledAccountDoesNot() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let token = try #require(try await logIn(daemon.client, "asha", "password of asha").json["token"].text)
            #expect(await daemon.stop() == 0)
            try daemon.start()
            #expect(try await daemon.client.bearing(token).get("/v1/me").status == 200)
            let disabled = try Program.wattbuddy("user", "disable", "asha")
            #expect(disabled.status == 0, "\(disabled.errors)")
            #expect(try await logIn(daemon.client, "asha", "password of asha").status == 401)
            // A session that was seen a moment ago is believed for a few seconds more.
            try await eventually("the session ends") {
                try await daemon.client.bearing(token).get("/v1/me").status == 401
            }
            #expect(try await daemon.client.bearing(home.session).get("/v1/me").status == 401)
        }
    }

    @Test func whatIsWrongInACallIsNamed() async throws {
        let cases: [(body: String, code: String, field: String?)] = [
            ("", "malformed", nil), ("[]", "malformed", nil), ("nonsense", "malformed", nil),
            (#"{"email":"asha"}"#, "invalid", "password"), (#"{"email":1,"password":"x"}"#, "invalid", "email"),
        ]
        try await DaemonProcess.run { daemon in
            for (body, code, field) in cases {
                let answer = try await daemon.client.post("/v1/login", body)
                #expect(answer.status == 400, "\(answer)")
                #expect(answer.json["code"].text == code && answer.json["field"].text == field, "\(answer)")
            }
        }
    }
}
