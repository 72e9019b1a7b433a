import Foundation
import Postgres
import TestSupport
import Testing

/// Sockets that are switched off for a moment because an alert is in doubt.
@Suite(.scratchDatabase)
struct ProbeTests {
    /// A household whose device has told what is usual; then something heavier begins at one of its sockets, and nobody knows
    /// at which one.
    private struct Scene {
        let home: Home
        let person: HTTPClient
        var board: Board

        init(_ daemon: DaemonProcess, _ home: Home) throws {
            self.home = home
            person = try daemon.client.bearing(home.session)
            board = try Board(daemon, home)
            board.longestPulse = 3000
            board.loads = [60, 40]
        }

        func agree(to sockets: [Int], more: String = "") async throws {
            let body = #"{"names":["Kettle","Heater"],"never_cut":[],"may_probe":\#(sockets)\#(more)}"#
            let answer = try await person.post("/v1/devices/\(home.device.id)/sockets", body)
            try #require(answer.status == 200, "\(answer)")
        }

        /// Something of 800 W begins at a socket; returns when its alert is open.
        mutating func begin(at socket: Int) async throws -> JSON {
            try await board.post(times: 60)
            board.loads[socket - 1] += 800
            // The third of them is news; the answer to a fourth might carry the order already.
            try await board.post(times: 3)
            var alert = JSON.null
            try await eventually("an alert") {
                alert = try await person.get("/v1/alerts").json["alerts"][0]
                return alert["state"] == "open"
            }
            #expect(alert["kind"] == "spike" && alert["probability"].number ?? 1 < 0.9, "\(alert)")
            return alert
        }

        func orders() async throws -> [JSON] {
            try await person.get("/v1/devices/\(home.device.id)/orders").json["orders"].list
        }

        /// Posts until the device was asked to open a relay.
        mutating func pulse() async throws -> JSON {
            try await eventually("an order") { try await !orders().isEmpty }
            let answer = try await board.post()
            #expect(answer.json["relays"] == ["relay1": true, "relay2": true], "\(answer)")
            return try #require(board.pulses.last, "\(answer)")
        }
    }

    @Test(arguments: [
        ([1, 2], 1, 1, 1, 0.98, "so it is Kettle."), ([1, 2], 2, 1, 2, 0.95, "so it is Heater."),
        ([2], 2, 2, 2, 0.98, "so it is Heater."), ([2], 1, 2, 1, 0.95, "so it is Kettle."),
    ])
    func aDoubtIsSettledByOneSocketThatIsOffForAMoment(
        _ allowed: [Int], _ heavy: Int, _ tried: Int64, _ found: Int64, _ probability: Double, _ words: String
    ) async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            try await scene.agree(to: allowed)
            let alert = try await scene.begin(at: heavy)
            let person = scene.person
            let pulse = try await scene.pulse()
            #expect(pulse["relay"].integer == tried && pulse["open_ms"] == 3000 && pulse["below_a"] == 10)
            var board = scene.board
            try await person.listen(to: "/v1/live/stream") { events in
                _ = try await events.next { $0.kind == "hello" }
                #expect(try await board.post().json["relays"] == ["relay1": true, "relay2": true])
                let receipt = try await events.next { $0.kind == "order" }.content
                #expect(receipt["author"] == "probe" && receipt["pulse_ms"] == 3000)
                let settled = try await events.next { $0.kind == "alert" }.content
                #expect(settled["id"] == alert["id"] && settled["state"] == "open" && settled["probe"] == "settled")
                #expect(
                    settled["socket"].text == "\(found)"
                        && abs((settled["probability"].number ?? 0) - probability) < 1e-6)
                #expect(settled["sentence"].text?.hasSuffix(words) == true, "\(settled)")
            }
            let stored = try await person.get("/v1/alerts").json["alerts"][0]
            #expect(stored["socket"].text == "\(found)" && stored["probed_at"].integer != nil, "\(stored)")
            #expect(stored["sentence"].text?.hasSuffix(words) == true, "\(stored)")
            var orders: [JSON] = []
            try await eventually("its receipt") {
                orders = try await scene.orders()
                return orders[0]["state"] == "confirmed"
            }
            #expect(orders.count == 1 && orders[0]["on"] == false && orders[0]["watts_before"] == 900, "\(orders)")
            #expect(orders[0]["reason"].text == "to find out which socket alert \(alert["id"].integer ?? 0) is about")
            try await board.post(times: 3)
            #expect(board.pulses.count == 1)
            // The end of what was unusual still ends the alert.
            board.loads = [60, 40]
            try await board.post()
            try await eventually("the alert is over") {
                try await person.get("/v1/alerts").json["alerts"][0]["state"] == "resolved"
            }
        }
    }

    @Test func whatCannotBeToldIsSaidAndRemainsInDoubt() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            try await scene.agree(to: [1])
            let alert = try await scene.begin(at: 2)
            _ = try await scene.pulse()
            // Something else rises meanwhile.
            scene.board.uncut = 700
            try await scene.board.post()
            var told = JSON.null
            try await eventually("what was found") {
                told = try await scene.person.get("/v1/alerts").json["alerts"][0]
                return told["probe"] == "unclear"
            }
            #expect(told["socket"] == alert["socket"] && told["probability"] == alert["probability"], "\(told)")
            #expect(
                told["sentence"].text?.hasSuffix("the power changed by itself: it cannot be told which one it is.")
                    == true)
        }
    }

    @Test func aDeviceThatLeavesItsRelayClosedLeavesTheDoubt() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            try await scene.agree(to: [1])
            scene.board.isOverloaded = true
            let alert = try await scene.begin(at: 1)
            _ = try await scene.pulse()
            try await scene.board.post()
            var told = JSON.null
            try await eventually("what was found") {
                told = try await scene.person.get("/v1/alerts").json["alerts"][0]
                return told["probe"] == "unclear"
            }
            #expect(told["socket"] == alert["socket"] && told["probability"] == alert["probability"], "\(told)")
            #expect(try await scene.orders()[0]["state"] == "expired")
        }
    }

    enum Reason: CaseIterable {
        case noConsent, neverCut, aboveRating, oldDevice, relayOff, withinTheHour, cutOff, ordered
    }

    @Test(arguments: Reason.allCases)
    func aReasonAgainstItIsEnough(_ reason: Reason) async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            let device = "/v1/devices/\(home.device.id)"
            try await scene.agree(
                to: reason == .noConsent ? [] : [1], more: reason == .aboveRating ? #","rating_a":3.9"# : "")
            switch reason {
            case .neverCut:
                let body = #"{"names":["Kettle","Heater"],"never_cut":[1]}"#
                let told = try await scene.person.post("\(device)/sockets", body)
                #expect(told.json["device"]["may_probe"] == [] && told.json["device"]["never_cut"] == [1], "\(told)")
            case .oldDevice: scene.board.longestPulse = nil
            case .relayOff: scene.board.isOn[1] = false
            case .withinTheHour: try await Self.enterProbe(of: home, minutesAgo: 59)
            case .cutOff:
                // The device does not obey: both relays are on.
                try await scene.board.post()
                #expect(try await scene.person.post("\(device)/relays/2/cut-off").status == 200)
            default: break
            }
            try await scene.board.post(times: 60, obeys: false)
            if reason == .ordered {
                #expect(try await scene.person.post("\(device)/relays/2", #"{"on":false}"#).status == 200)
            }
            scene.board.loads[0] += 800
            try await scene.board.post(times: 4, obeys: false)
            try await eventually("an alert") {
                try await scene.person.get("/v1/alerts").json["alerts"][0]["state"] == "open"
            }
            // What is noted later is done later: after this order everything about the alert has been done.
            let last = try await scene.person.post("\(device)/relays/1", #"{"on":true}"#)
            try await scene.board.post(obeys: false)
            try await eventually("the order is sent") {
                try await scene.person.get("/v1/orders/\(last.json["id"].integer ?? 0)").json["state"] != "queued"
            }
            let pulses = try await scene.orders().filter { $0["pulse_ms"].integer != nil }
            #expect(pulses.count == (reason == .withinTheHour ? 1 : 0), "\(pulses)")
            #expect(scene.board.pulses.isEmpty)
        }
    }

    private static func enterProbe(of home: Home, minutesAgo: Double) async throws {
        let at = Date().addingTimeInterval(-60 * minutesAgo)
        _ = try await Database.scratch.run { connection in
            try connection.execute(
                """
                INSERT INTO relay_order (device_id, relay, is_on, author, reason, ordered_at, expires_at, settled_at, state,
                                         pulse_ms, pulse_below_a)
                VALUES (\(home.device.id), 1, false, 'probe', 'before', \(at), \(at), \(at), 'expired', 3000, 10)
                """)
        }
    }

    @Test func anHourLaterItMayBeDoneAgain() async throws {
        let home = try await Home()
        try await Self.enterProbe(of: home, minutesAgo: 61)
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            try await scene.agree(to: [1])
            _ = try await scene.begin(at: 1)
            try await eventually("an order") { try await scene.orders().count == 2 }
            try await scene.board.post()
            #expect(scene.board.pulses.count == 1)
        }
    }

    @Test func aWordThatIsTakenBackTakesTheOrderBack() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            try await scene.agree(to: [1])
            _ = try await scene.begin(at: 1)
            try await eventually("an order") { try await !scene.orders().isEmpty }
            try await scene.agree(to: [])
            try await scene.board.post(times: 2)
            #expect(scene.board.pulses.isEmpty)
            try await eventually("the order is over") { try await scene.orders()[0]["state"] == "replaced" }
        }
    }

    /// The daemon is killed while the relay is open, and the device loses its power and comes back with it open.
    @Test func afterADaemonThatWasKilledInTheMiddleTheRelayIsWantedOn() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var scene = try Scene(daemon, home)
            try await scene.agree(to: [1])
            _ = try await scene.begin(at: 1)
            let pulse = try await scene.pulse()
            daemon.kill9()
            try daemon.start()
            var board = try Board(daemon, home)
            (board.at, board.milliwattHours, board.longestPulse) = (scene.board.at, scene.board.milliwattHours, 3000)
            board.isOn[0] = false
            #expect(try await board.post().json["relays"] == ["relay1": true, "relay2": true])
            #expect(board.isOn == [true, true])
            try await board.post(times: 3)
            #expect(board.pulses.isEmpty)
            let person = try daemon.client.bearing(home.session)
            let order = try await person.get("/v1/orders/\(pulse["id"].integer ?? 0)").json
            #expect(order["state"] == "expired" && order["settled_at"].integer != nil, "\(order)")
        }
    }

    @Test func onlyTheHouseholdLetsASocketBeTriedAndNeverOneThatIsNeverCut() async throws {
        let home = try await Home()
        let root = try await Home.admin()
        try await DaemonProcess.run { daemon in
            let person = try daemon.client.bearing(home.session)
            let admin = try daemon.client.bearing(root)
            let path = "/v1/devices/\(home.device.id)/sockets"
            func body(_ rest: String) -> String { #"{"names":["a","b"],\#(rest)}"# }
            let fresh = try await person.get("/v1/devices").json["devices"][0]
            #expect(fresh["may_probe"] == [] && fresh["rating_a"] == 10 && fresh["can_probe"] == false, "\(fresh)")
            for (rest, field) in [
                (#""never_cut":[2],"may_probe":[1,2]"#, "may_probe"), (#""never_cut":[],"may_probe":[3]"#, "may_probe"),
                (#""never_cut":[],"rating_a":0"#, "rating_a"), (#""never_cut":[],"rating_a":101"#, "rating_a"),
            ] {
                let refused = try await person.post(path, body(rest))
                #expect(refused.status == 400 && refused.json["field"].text == field, "\(rest): \(refused)")
            }
            let refused = try await admin.post(path, body(#""never_cut":[],"may_probe":[1]"#))
            #expect(refused.status == 403 && refused.json["field"] == "may_probe", "\(refused)")
            let agreed = try await person.post(path, body(#""never_cut":[1],"may_probe":[2],"rating_a":16"#))
            #expect(agreed.json["device"]["may_probe"] == [2] && agreed.json["device"]["rating_a"] == 16, "\(agreed)")
            let kept = try await admin.post(path, body(#""never_cut":[1]"#))
            #expect(kept.json["device"]["may_probe"] == [2] && kept.json["device"]["rating_a"] == 16, "\(kept)")
            let cut = try await admin.post(path, body(#""never_cut":[1,2]"#))
            #expect(cut.json["device"]["may_probe"] == [], "\(cut)")
            let released = try await person.post(path, body(#""never_cut":[]"#))
            #expect(released.json["device"]["may_probe"] == [], "what was taken away does not come back")
        }
    }
}
