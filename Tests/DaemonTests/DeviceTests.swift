import Foundation
import Postgres
import Secrets
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct DeviceTests {
    private static func token(_ letter: String) -> String { "wbd_" + String(repeating: letter, count: 43) }

    @Test func aDeviceAnnouncesItselfAndIsClaimedByItsCode() async throws {
        let (home, other) = (try await Home(), try await Home("babu"))
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            let client = try daemon.client
            let device = client.bearing(Self.token("A"))
            let announced = try await device.post("/v1/devices/announce", #"{"name":"Kitchen"}"#)
            #expect(announced.status == 200 && announced.json["state"] == "unclaimed", "\(announced)")
            let code = try #require(announced.json["claim_code"].text)
            #expect(code.wholeMatch(of: /[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}/) != nil)
            let waiting = try await client.bearing(admin).get("/v1/devices/unclaimed").json["devices"]
            #expect(waiting.list.map { $0["name"] } == ["Kitchen"] && waiting[0]["claimed"] == false)
            let typed = code.lowercased().replacing("-", with: " ")
            let claimed = try await client.bearing(home.session).post("/v1/devices/claim", #"{"code":"\#(typed)"}"#)
            #expect(claimed.status == 200 && claimed.json["device"]["household"] == "asha", "\(claimed)")
            let again = try await client.bearing(other.session).post("/v1/devices/claim", #"{"code":"\#(code)"}"#)
            #expect(again.status == 400 && again.json["field"] == "code")
            #expect(try await device.readings(#"{"energy":1}"#).json["stored"] == 1)
            #expect(try await client.bearing(home.session).get("/v1/devices").json["devices"].list.count == 2)
            #expect(try await client.bearing(other.session).get("/v1/devices").json["devices"].list.count == 1)
            #expect(try await device.post("/v1/devices/announce").status == 409)
        }
    }

    @Test func announcementsAreLimited() async throws {
        try await DaemonProcess.run(settings: ["DAEMON_ANNOUNCED": "3"]) { daemon in
            var statuses: [Int] = []
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWX" {
                let answer = try await daemon.client.bearing(Self.token("\(letter)")).post("/v1/devices/announce")
                statuses.append(answer.status)
                if answer.status != 200 { #expect(answer["Retry-After"] != nil) }
            }
            #expect(statuses.prefix(3).allSatisfy { $0 == 200 })
            // A minute may begin meanwhile.
            #expect(statuses.filter { $0 == 200 }.count == 3 && statuses.contains(503) && statuses.contains(429))
        }
    }

    @Test func whoGuessesCodesIsSlowedDown() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let person = try daemon.client.bearing(home.session)
            var statuses: [Int] = []
            for _ in 0..<6 {
                statuses.append(try await person.post("/v1/devices/claim", #"{"code":"AAAA-AAAA"}"#).status)
            }
            #expect(statuses == [400, 400, 400, 400, 400, 429])
        }
    }

    @Test func aDeviceForAConsumerNumberIsLinkedAtTheNextLogin() async throws {
        let home = try await Home(consumerNumber: "77001")
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            let client = try daemon.client
            let made = try await client.bearing(admin).post(
                "/v1/devices", #"{"name":"Sent by post","consumer_number":"77001"}"#)
            let token = try #require(made.json["token"].text)
            #expect(try await client.bearing(token).readings(#"{"energy":1}"#).json["stored"] == 0)
            let login = try await client.post("/v1/login", #"{"email":"asha","password":"password of asha"}"#)
            #expect(login.status == 200)
            #expect(try await client.bearing(token).readings(#"{"energy":2}"#).json["stored"] == 1)
            let names = try await client.bearing(home.session).get("/v1/devices").json["devices"].list.map {
                $0["name"]
            }
            #expect(names == ["Board of asha", "Sent by post"])
        }
    }

    @Test func anotherTokenAndARevocationCountAtOnce() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let client = try daemon.client
            let person = client.bearing(home.session)
            func post(_ token: String) async throws -> Int {
                try await client.bearing(token).readings(#"{"energy":1}"#).status
            }
            let rotated = try await person.post("/v1/devices/\(home.device.id)/rotate")
            let second = try #require(rotated.json["token"].text)
            #expect(try await post(home.token) == 401)
            #expect(try await post(second) == 200)
            // By the other program, while the daemon runs.
            let run = try Program.wattbuddy("device", "rotate", "\(home.device.id)")
            let third = try #require(run.output.split(whereSeparator: \.isWhitespace).last.map { String($0) })
            try await eventually("the daemon hears of it") { try await post(third) == 200 }
            #expect(try await post(second) == 401)
            #expect(try await person.post("/v1/devices/\(home.device.id)/revoke").status == 200)
            #expect(try await post(third) == 401)
            #expect(try await person.get("/v1/devices").json["devices"] == [])
            let added = try Program.wattbuddy("device", "add", "New", "--household", "asha")
            let fourth = try #require(added.output.split(whereSeparator: \.isWhitespace).last.map { String($0) })
            try await eventually("the daemon hears of it") { try await post(fourth) == 200 }
            let id = try #require(
                added.output.split(whereSeparator: \.isWhitespace).dropFirst().first.map { String($0) })
            #expect(try Program.wattbuddy("device", "revoke", id).status == 0)
            try await eventually("the daemon hears of it") { try await post(fourth) == 401 }
        }
    }

    @Test func socketsAreNamed() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let person = try daemon.client.bearing(home.session)
            let path = "/v1/devices/\(home.device.id)/sockets"
            let named = try await person.post(path, #"{"names":["Fridge","Lamp"],"never_cut":[1]}"#)
            #expect(named.json["device"]["sockets"] == ["Fridge", "Lamp"] && named.json["device"]["never_cut"] == [1])
            let live = try await person.get("/v1/live").json["devices"][0]
            #expect(live["sockets"] == ["Fridge", "Lamp"] && live["never_cut"] == [1])
            for (body, field) in [
                (#"{"names":["one"],"never_cut":[]}"#, "names"), (#"{"names":["",""],"never_cut":[]}"#, "name"),
                (#"{"names":["a","b"],"never_cut":[3]}"#, "never_cut"), (#"{"names":["a","b"]}"#, "never_cut"),
            ] {
                let answer = try await person.post(path, body)
                #expect(answer.status == 400 && answer.json["field"].text == field, "\(body): \(answer)")
            }
        }
    }
}
