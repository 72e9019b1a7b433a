import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct IngestTests {
    @Test func aReadingIsAnsweredAsTheOriginalDid() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let answer = try await daemon.client.bearing(home.token).readings(
                #"{"voltage":228.25,"current":1.5,"power":250.5,"energy":12.5,"relay1":1,"relay2":0,"userId":"8","seq":3}"#,
                to: "/api/esp32/data")
            #expect(answer.status == 200)
            let json = answer.json
            #expect(json["success"] == true && json["dbWrite"] == true && json["stored"] == 1 && json["received"] == 1)
            #expect(
                json["data"]["voltage"] == 228.25 && json["data"]["current"] == 1.5 && json["data"]["power"] == 250.5)
            #expect(json["data"]["energy"] == 12.5 && json["data"]["energy_consumed"] == 12.5)
            #expect(json["data"]["relay1"] == 1 && json["data"]["relay2"] == 0)
            #expect(json["relays"] == ["relay1": true, "relay2": false])
            let told = try #require(json["data"]["timestamp"].text)
            #expect(
                abs(
                    try Date(told, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
                        .timeIntervalSinceNow) < 60)
            #expect(try await home.stored().map(\.register) == [Energy(milliwattHours: 12_500_000)])
        }
    }

    @Test func whateverADevicesWireLooksLikeItsReadingIsTaken() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let device = try daemon.client.bearing(home.token)
            let esp = device.with("Accept-Encoding", "").with("Accept", "*/*")
            #expect(try await esp.readings(#"{"energy":1}"#, to: "/api/esp32/data").status == 200)
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/x-ndjson", ""] {
                let answer = try await device.with("Content-Type", type).readings(#"{"energy":1}"#)
                #expect(answer.status == 200, "\(type)")
            }
            let lower = try daemon.client.with("authorization", "bearer \(home.token)")
            #expect(try await lower.readings(#"{"energy":1}"#).status == 200)
            let soon = Date().timeIntervalSince1970 + 10
            let unknown = try await device.readings(
                #"{"at":\#(soon),"voltage":null,"current":null,"power":null,"energy":2}"#)
            #expect(unknown.json["data"]["power"].isNull && unknown.json["data"]["energy"] == 2)
            let great = try await device.readings(#"{"at":\#(soon + 1),"energy":2.0e1,"power":1e3}"#)
            #expect(great.json["data"]["energy"] == 20 && great.json["data"]["power"] == 1000)
        }
    }

    @Test func relaysMayBeNumbersBooleansOrWords() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let device = try daemon.client.bearing(home.token)
            let base = Home.start.timeIntervalSince1970
            for (number, pair) in [("1", "0"), ("true", "false"), (#""on""#, #""off""#), (#""ON""#, #""0""#)]
                .enumerated()
            {
                let answer = try await device.readings(
                    #"{"energy":1,"at":\#(base + Double(number)),"relay1":\#(pair.0),"relay2":\#(pair.1)}"#)
                #expect(answer.json["data"]["relay1"] == 1 && answer.json["data"]["relay2"] == 0, "\(pair): \(answer)")
            }
        }
    }

    @Test(arguments: [
        ("one", #"{"at":1780000000,"energy":1}"#, 1),
        ("an array", #"[{"at":1780000000,"energy":1},{"at":1780000060,"energy":1.1}]"#, 2),
        (
            "lines",
            "{\"at\":1780000000,\"energy\":1}\n{\"at\":1780000060,\"energy\":1.1}\n{\"at\":1780000120,\"energy\":1.2}\n",
            3
        ),
    ])
    func readingsComeAlonOrTogether(name: String, body: String, count: Int) async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let answer = try await daemon.client.bearing(home.token).readings(body)
            #expect(answer.status == 200 && answer.json["received"].integer == Int64(count), "\(name): \(answer)")
            #expect(try await home.stored().count == count)
        }
    }

    /// A reading of the write rule's table: when, what, and how many rows it makes.
    private struct Step {
        let at: String
        let members: String
        let rows: Int64
        let why: String

        init(_ at: String, _ members: String, _ rows: Int64, _ why: String) {
            (self.at, self.members, self.rows, self.why) = (at, members, rows, why)
        }
    }

    @Test func theWriteRuleHoldsThroughTheDoor() async throws {
        let home = try await Home()
        let usual = #""relay1":1,"boot_id":7"#
        let steps = [
            Step("2026-05-28T12:00:00", #""energy":10,\#(usual)"#, 1, "the first is stored"),
            Step("2026-05-28T12:00:10", #""energy":10,\#(usual)"#, 0, "nothing happened"),
            Step("2026-05-28T12:00:59", #""energy":10.0009,\#(usual)"#, 0, "not yet a minute, not yet a watt-hour"),
            Step("2026-05-28T12:01:00", #""energy":10.0009,\#(usual)"#, 1, "a minute"),
            Step("2026-05-28T12:01:05", #""energy":10.0018,\#(usual)"#, 0, "less than a watt-hour"),
            Step("2026-05-28T12:01:06", #""energy":10.0019,\#(usual)"#, 1, "a watt-hour"),
            Step("2026-05-28T12:01:07", #""energy":10.0019,"relay1":0,"boot_id":7"#, 1, "a relay switched"),
            Step("2026-05-28T12:01:08", #""energy":10.0019,"relay1":0,"boot_id":7"#, 0, "and stays so"),
            Step(
                "2026-05-28T12:01:09", #""energy":10.0019,"relay1":0,"boot_id":8"#, 2, "a boot, and the last before it"),
            Step("2026-05-28T12:01:10", #""energy":10.0020,"relay1":0,"boot_id":8"#, 0, "goes on"),
            Step("2026-05-28T12:01:11", #""energy":0.5,"relay1":0,"boot_id":8"#, 2, "a drop, and the last before it"),
            Step("2026-05-28T23:59:30", #""energy":0.5,"relay1":0,"boot_id":8"#, 1, "a minute"),
            Step("2026-05-28T23:59:50", #""energy":0.5,"relay1":0,"boot_id":8"#, 0, "the last before midnight"),
            Step(
                "2026-05-29T00:00:05", #""energy":0.5,"relay1":0,"boot_id":8"#, 2,
                "the first after, with the one before"),
            Step("2026-05-29T00:00:15", #""energy":0.5,"relay1":0,"boot_id":8"#, 0, "nothing happened"),
        ]
        try await DaemonProcess.run { daemon in
            let device = try daemon.client.bearing(home.token)
            for step in steps {
                let answer = try await device.readings(#"{"at":"\#(step.at)+05:30",\#(step.members)}"#)
                #expect(answer.json["stored"].integer == step.rows, "\(step.at), \(step.why): \(answer)")
                #expect(answer.json["dbWrite"].boolean == (step.rows > 0))
            }
            #expect(try await home.stored().count == Int(steps.map(\.rows).reduce(0, +)))
            #expect(try daemon.log == "")
        }
    }

    @Test func theSameTwiceIsStoredOnceAlsoAcrossAKill() async throws {
        let home = try await Home()
        let batch = (0..<20).map {
            #"{"energy":\#(5 + Double($0) / 100),"boot_id":3,"seq":\#($0),"uptime_ms":\#(60_000 * ($0 + 1))}"#
        }.joined(separator: "\n")
        try await DaemonProcess.run { daemon in
            func post(_ body: String) async throws {
                #expect(try await daemon.client.bearing(home.token).readings(body).status == 200)
            }
            try await post(batch)
            let stored = try await home.stored()
            #expect(stored.count == 20)
            try await post(batch)
            try await post(batch.split(separator: "\n").suffix(1).joined())
            #expect(try await home.stored() == stored)
            daemon.kill9()
            try daemon.start()
            try await post(batch.split(separator: "\n").suffix(5).joined(separator: "\n"))
            #expect(try await home.stored() == stored)
        }
    }

    @Test func anUnclaimedDeviceKeepsNothing() async throws {
        try await DaemonProcess.run { daemon in
            let device = try daemon.client.bearing("wbd_" + String(repeating: "A", count: 43))
            #expect(try await device.readings(#"{"energy":1}"#).status == 401)
            #expect(try await device.post("/v1/devices/announce", #"{"name":"New"}"#).status == 200)
            let answer = try await device.readings(#"{"energy":1,"power":5}"#)
            #expect(answer.status == 200 && answer.json["stored"] == 0 && answer.json["dbWrite"] == false)
            #expect(try await Self.rows() == 0)
        }
    }

    private static func rows() async throws -> Int64? {
        try await Database.scratch.run { connection in
            try connection.first("SELECT count(*) FROM reading", { (count: Int64) in count })
        }
    }

    @Test func whatIsWrongIsNamedAndNothingOfItIsStored() async throws {
        let home = try await Home()
        let good = #"{"at":1780000000,"energy":1}"#
        let cases: [(body: String, field: String?, code: String)] = [
            ("", nil, "malformed"), ("[]", nil, "missing"), ("{}", "energy", "missing"), ("[1,2]", nil, "invalid"),
            ("nonsense", nil, "invalid"), (#"{"energy":"#, nil, "malformed"), (#"{"energy":1}}"#, nil, "invalid"),
            (#"{"energy":"abc"}"#, "energy", "invalid"), (#"{"energy":-1}"#, "energy", "invalid"),
            (#"{"energy":1e999}"#, "energy", "invalid"), (#"{"energy":null}"#, "energy", "missing"),
            (#"{"energy":1,"power":"x"}"#, "power", "invalid"), (#"{"energy":1,"power":1e9}"#, "power", "invalid"),
            (#"{"energy":1,"voltage":-1}"#, "voltage", "invalid"),
            (#"{"energy":1,"current":9999}"#, "current", "invalid"),
            (#"{"energy":1,"relay1":2}"#, "relay1", "invalid"), (#"{"energy":1,"relay2":"open"}"#, "relay2", "invalid"),
            (#"{"energy":1,"seq":-1}"#, "seq", "invalid"), (#"{"energy":1,"boot_id":1.5}"#, "boot_id", "invalid"),
            (#"{"energy":1,"at":"yesterday"}"#, "at", "invalid"), (#"{"energy":1,"at":32503680000}"#, "at", "invalid"),
            (#"{"energy":1,"meter":"gas"}"#, "meter", "unknown_meter"),
            ("[\(good),{\"energy\":-1}]", "energy", "invalid"),
            ("\(good)\n{\"energy\":1,\"relay1\":7}", "relay1", "invalid"),
            ("[\(good),{\"energy\":1}]", "at", "missing"),
        ]
        try await DaemonProcess.run { daemon in
            for path in ["/v1/readings", "/api/esp32/data"] {
                for (body, field, code) in cases {
                    let answer = try await daemon.client.bearing(home.token).readings(body, to: path)
                    #expect(answer.status == 400, "\(body): \(answer)")
                    let json = answer.json
                    #expect(json["field"].text == field && json["code"].text == code, "\(body): \(answer)")
                    #expect(json["success"] == false && json["error"] == json["message"] && json["error"].text != nil)
                    #expect(answer["Content-Type"] == "application/json; charset=utf-8")
                }
            }
            #expect(try await Self.rows() == 0)
            #expect(try await daemon.client.bearing(home.session).get("/v1/live").json["devices"][0]["at"].isNull)
        }
    }

    @Test func aBodyThatIsTooLongIsNotTaken() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let device = try daemon.client.bearing(home.token)
            let many = try await device.readings(String(repeating: "{\"energy\":1}\n", count: 50_001))
            #expect(many.status == 413, "\(many)")
            let long = try await device.readings(String(repeating: " ", count: (8 << 20) + 1))
            #expect(long.status == 413 && long.json["code"] == "too_long", "\(long)")
            #expect(try await Self.rows() == 0)
            #expect(try await device.readings(#"{"energy":1}"#).status == 200)
        }
    }
}
