import Billing
import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct LiveTests {
    @Test func aStreamTellsWhatHappensAtHomeAndNowhereElse() async throws {
        let (home, other) = (try await Home(), try await Home("babu"))
        try await DaemonProcess.run { daemon in
            let person = try daemon.client.bearing(home.session)
            var (board, foreign) = (try Board(daemon, home), try Board(daemon, other))
            board.loads = [120, 0]
            foreign.loads = [999, 0]
            try await foreign.post()
            let last = try await person.listen(to: "/v1/live/stream") { events in
                let hello = try await events.next { _ in true }
                #expect(hello.kind == "hello" && hello.content["now"].integer != nil)
                let first = try await events.next { _ in true }
                #expect(first.kind == "live" && first.content["device"].integer == home.device.id)
                #expect(first.content["silent"] == true && first.content["at"].isNull)
                try await foreign.post()
                try await board.post()
                let live = try await events.next { _ in true }
                #expect(live.kind == "live" && live.id != nil && live.content["power"] == 120, "\(live)")
                #expect(
                    live.content["relay1"] == true && live.content["voltage"] == 230 && live.content["silent"] == false)
                let order = try await person.post("/v1/devices/\(home.device.id)/relays/1", #"{"on":false}"#)
                let told = try await events.next { $0.kind == "order" }
                #expect(told.content["id"] == order.json["id"] && told.content["state"] == "queued")
                try await foreign.post()
                try await board.post()
                let sent = try await events.next { $0.kind == "order" }
                #expect(sent.content["state"] == "sent")
                return try #require(live.id)
            }
            // What came after the last one that was seen comes again, in its order.
            try await person.with("Last-Event-ID", "\(last)").listen(to: "/v1/live/stream") { events in
                #expect(try await events.next { _ in true }.kind == "hello")
                let missed = try await events.next { _ in true }
                #expect(try #require(missed.id) > last)
                var ids = [last, missed.id ?? 0]
                while ids.count < 4 { ids.append(try await events.next { $0.id != nil }.id ?? 0) }
                #expect(ids == ids.sorted() && Set(ids).count == ids.count)
            }
            let all = try await person.get("/v1/live").json["devices"]
            #expect(all.list.map { $0["household"] } == ["asha"])
        }
    }

    @Test func anAdministratorSeesAllHouseholds() async throws {
        let (home, other) = (try await Home(), try await Home("babu"))
        let admin = try await Home.admin()
        try await DaemonProcess.run { daemon in
            var boards = [try Board(daemon, home), try Board(daemon, other)]
            let root = try daemon.client.bearing(admin)
            try await root.listen(to: "/v1/live/stream") { events in
                _ = try await events.next { $0.kind == "hello" }
                var seen: Set<String> = []
                for index in boards.indices {
                    try await boards[index].post()
                    seen.insert(try await events.next { $0.id != nil }.content["household"].text ?? "")
                }
                #expect(seen == ["asha", "babu"])
            }
            #expect(try await root.get("/v1/live").json["devices"].list.count == 2)
        }
    }

    @Test func howMuchIsASpikeMayBeSet() async throws {
        let home = try await Home()
        try await DaemonProcess.run(settings: ["ALERTS_SPIKE_WATTS": "100"]) { daemon in
            var board = try Board(daemon, home)
            board.loads = [40, 0]
            try await board.post(times: 60)
            try await daemon.client.bearing(home.session).listen(to: "/v1/live/stream") { events in
                _ = try await events.next { $0.kind == "hello" }
                board.loads = [120, 0]
                try await board.post(times: 4)
                let opened = try await events.next { $0.kind == "alert" }.content
                #expect(opened["kind"] == "spike" && opened["observed"] == 120, "\(opened)")
            }
        }
    }

    @Test func aSpikeIsToldWithItsSocketSeenAndOver() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let person = try daemon.client.bearing(home.session)
            let sockets = #"{"names":["Heater","Lamp"],"never_cut":[]}"#
            #expect(try await person.post("/v1/devices/\(home.device.id)/sockets", sockets).status == 200)
            var board = try Board(daemon, home)
            board.isOn = [true, false]
            board.loads = [100, 0]
            try await board.post(times: 60)
            try await person.listen(to: "/v1/live/stream") { events in
                _ = try await events.next { $0.kind == "hello" }
                board.loads = [900, 0]
                try await board.post(times: 4)
                let opened = try await events.next { $0.kind == "alert" }.content
                #expect(opened["kind"] == "spike" && opened["state"] == "open" && opened["socket"] == "1", "\(opened)")
                #expect(
                    opened["observed"] == 900 && opened["sentence"].text?.hasPrefix("Heater draws 900") == true,
                    "\(opened)")
                #expect(try await person.get("/v1/live").json["alerts"].list.map { $0["id"] } == [opened["id"]])
                let id = try #require(opened["id"].integer)
                let seen = try await person.post("/v1/alerts/\(id)/acknowledge")
                #expect(seen.json["state"] == "acknowledged" && seen.json["acknowledged_by"] == "asha")
                #expect(try await events.next { $0.kind == "alert" }.content["state"] == "acknowledged")
                board.loads = [100, 0]
                try await board.post()
                let over = try await events.next { $0.kind == "alert" }.content
                #expect(over["state"] == "resolved" && over["id"] == opened["id"])
                #expect(try await person.get("/v1/live").json["alerts"] == [])
                #expect(try await person.get("/v1/alerts").json["alerts"].list.map { $0["state"] } == ["resolved"])
                #expect(try await person.post("/v1/alerts/\(id)/resolve").json["code"] == "over")
            }
        }
    }

    private static let tariff = """
        tariff: 1
        id: flat
        currency: INR
        timezone: Asia/Kolkata
        rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
        billing: {months: 1}
        versions:
          - from: 2000-01-01
            lines:
              - {id: energy, per_kwh: {rate: "8"}}
        """

    @Test func usageIsRightToTheLastWattHour() async throws {
        let home = try await Home(zone: Home.zoneOfNoon)
        let tariffs = TariffStore(try .scratch)
        let tariff = try await tariffs.save(Self.tariff)
        try await tariffs.assign(tariff.id, to: home.household, from: "2020-01-01")
        try await DaemonProcess.run { daemon in
            let now = Date().timeIntervalSince1970
            let device = try daemon.client.bearing(home.token)
            try await device.readings(
                [(3600, 10_000_000), (1800, 10_500_000), (5, 11_250_000)].map {
                    #"{"at":\#(now - Double($0.0)),"register_mwh":\#($0.1)}"#
                }.joined(separator: "\n"))
            let usage = try await daemon.client.bearing(home.session).get("/v1/usage")
            let json = usage.json
            #expect(json["today_kwh"] == 1.25 && json["month_kwh"] == 1.25, "\(usage)")
            #expect(json["today_cost"] == "₹10.00" && json["currency"] == "INR", "\(usage)")
            #expect(json["bill_so_far"] == "₹10.00" && json["day"].text == json["days"].list.last?["day"].text)
            let live = try await daemon.client.bearing(home.session).get("/v1/live").json["devices"][0]
            #expect(live["today_kwh"] == 1.25 && live["today_cost"] == "₹10.00", "\(live)")
        }
    }

    @Test func eachQuarterOfALimitIsToldOnce() async throws {
        let home = try await Home(zone: Home.zoneOfNoon)
        try await DaemonProcess.run { daemon in
            let person = try daemon.client.bearing(home.session)
            let set = try await person.post("/v1/limits", #"{"power_w":1000,"day_kwh":2}"#)
            #expect(set.json["power_w"] == 1000 && set.json["day_kwh"] == 2 && set.json["month_kwh"].isNull, "\(set)")
            var board = try Board(daemon, home)
            func alerts(_ kind: String) async throws -> [Double?] {
                try await person.get("/v1/alerts").json["alerts"].list.filter { $0["kind"].text == kind }.map {
                    $0["observed"].number
                }
            }
            for watts in [490.0, 510, 760, 910, 1010] {
                board.loads = [watts, 0]
                try await board.post(times: 3)
            }
            try await eventually("all steps of the power are told") {
                try await alerts("power_limit") == [1010, 910, 760, 510]
            }
            #expect(try await person.get("/v1/usage").status == 200)
            for register in [1_000_000, 2_000_000, 2_600_000, 2_900_000, 3_200_000, 3_300_000] {
                board.milliwattHours = register
                try await board.post()
            }
            try await eventually("all steps of the day are told") { try await alerts("day_limit").count == 4 }
            #expect(try await alerts("power_limit").count == 4)
            #expect(try await person.post("/v1/limits", #"{"power_w":null}"#).json["power_w"].isNull)
            #expect(try await person.get("/v1/limits").json["day_kwh"] == 2)
            for body in [#"{"power_w":0}"#, #"{"power_w":-5}"#, #"{"power_w":"x"}"#, #"{"power_w":1e99}"#] {
                let answer = try await person.post("/v1/limits", body)
                #expect(answer.status == 400 && answer.json["field"] == "power_w", "\(body): \(answer)")
            }
        }
    }
}
