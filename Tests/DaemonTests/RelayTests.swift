import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct RelayTests {
    private struct Switches {
        let client: HTTPClient
        let device: String

        init(_ daemon: DaemonProcess, _ home: Home) throws {
            client = try daemon.client.bearing(home.session)
            device = "/v1/devices/\(home.device.id)"
        }

        func order(_ relay: Int, _ isOn: Bool, ttl: Int? = nil) async throws -> HTTPAnswer {
            let rest = ttl.map { #","ttl_s":\#($0)"# } ?? ""
            return try await client.post(
                "\(device)/relays/\(relay)", #"{"on":\#(isOn),"reason":"by the test"\#(rest)}"#)
        }

        /// What became of an order, which is kept a moment after the answer that changed it.
        func expect(_ order: HTTPAnswer, is state: String) async throws -> JSON {
            let id = try #require(order.json["id"].integer, "\(order)")
            var last = JSON.null
            try await eventually("order \(id) is \(state)") {
                last = try await client.get("/v1/orders/\(id)").json
                return last["state"].text == state
            }
            return last
        }
    }

    @Test func anOrderIsFollowedToItsEnd() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let switches = try Switches(daemon, home)
            var board = try Board(daemon, home)
            board.loads = [500, 100]
            try await board.post(times: 4)
            let order = try await switches.order(1, false)
            #expect(order.status == 200 && order.json["state"] == "queued", "\(order)")
            #expect(
                order.json["author"] == "asha" && order.json["reason"] == "by the test" && order.json["on"] == false)
            #expect(order.json["relay"] == 1 && order.json["device"].integer == home.device.id)
            let answer = try await board.post()
            #expect(answer.json["relays"] == ["relay1": false, "relay2": true])
            _ = try await switches.expect(order, is: "sent")
            // The contact has been told, and the current has not yet stopped.
            board.uncut = 500
            try await board.post()
            _ = try await switches.expect(order, is: "acknowledged")
            board.uncut = 0
            try await board.post()
            let done = try await switches.expect(order, is: "confirmed")
            #expect(done["watts_before"] == 600 && done["watts_after"] == 100, "\(done)")
            #expect(["sent_at", "acknowledged_at", "settled_at"].allSatisfy { done[$0].integer != nil })
            let history = try await switches.client.get("\(switches.device)/orders").json["orders"]
            #expect(history.list.count == 1 && history[0]["id"] == done["id"])
            let relays = try await switches.client.get("\(switches.device)/relays").json["relays"]
            #expect(relays.list.map { $0["on"] } == [false, true])
        }
    }

    @Test func aContactThatStaysClosedIsToldAsStuck() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let switches = try Switches(daemon, home)
            var board = try Board(daemon, home)
            board.loads = [500, 0]
            board.isOn = [false, true]
            try await board.post(times: 4)
            let on = try await switches.order(1, true)
            try await board.post(times: 5)
            _ = try await switches.expect(on, is: "confirmed")
            let off = try await switches.order(1, false)
            try await board.post()
            board.uncut = 500
            try await board.post(times: 4)
            let stuck = try await switches.expect(off, is: "stuck")
            #expect(stuck["watts_after"] == 500)
        }
    }

    @Test func anOrderExpiresOrIsReplaced() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let switches = try Switches(daemon, home)
            var board = try Board(daemon, home)
            try await board.post(times: 2)
            let first = try await switches.order(1, false)
            let second = try await switches.order(1, false, ttl: 1)
            _ = try await switches.expect(first, is: "replaced")
            try await eventually("the order expires") {
                try await board.post(obeys: false)
                return try await switches.client.get("/v1/orders/\(second.json["id"].integer ?? 0)").json["state"]
                    == "expired"
            }
            #expect(try await board.post(obeys: false).json["relays"] == ["relay1": true, "relay2": true])
            for (isOn, ttl) in [(true, 0), (true, 601), (false, 86_401)] {
                let refused = try await switches.order(1, isOn, ttl: ttl)
                #expect(refused.status == 400 && refused.json["field"] == "ttl_s", "\(refused)")
            }
            #expect(try await switches.order(3, true).status == 404)
        }
    }

    @Test func aCutOffHoldsUntilItIsReleased() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            var switches = try Switches(daemon, home)
            var board = try Board(daemon, home)
            try await board.post()
            let path = "\(switches.device)/relays/1"
            #expect(try await switches.client.post("\(path)/cut-off", #"{"reason":"it smells"}"#).status == 200)
            #expect(try await switches.client.post("\(path)/cut-off").json["code"] == "cut_off")
            let refused = try await switches.order(1, true)
            #expect(refused.status == 409 && refused.json["code"] == "cut_off")
            #expect(try await board.post().json["relays"]["relay1"] == false)
            // Somebody presses the button on the board.
            board.isOn[0] = true
            #expect(try await board.post().json["relays"]["relay1"] == false)
            daemon.kill9()
            try daemon.start()
            switches = try Switches(daemon, home)
            var again = try Board(daemon, home)
            again.at = board.at
            again.milliwattHours = board.milliwattHours
            #expect(try await again.post().json["relays"]["relay1"] == false)
            #expect(try await switches.client.get("/v1/live").json["devices"][0]["cut_off"] == [1])
            #expect(try await switches.client.post("\(path)/release").status == 200)
            #expect(try await switches.client.post("\(path)/release").json["code"] == "not_cut_off")
            #expect(try await switches.order(1, true).status == 200)
            #expect(try await again.post().json["relays"]["relay1"] == true)
        }
    }

    @Test func whatIsNeverCutIsNotSwitchedOff() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let switches = try Switches(daemon, home)
            _ = try await switches.client.post(
                "\(switches.device)/sockets", #"{"names":["Lamp","Fridge"],"never_cut":[2]}"#)
            let everyDay = #""relay":2,"time":"22:30","weekdays":[1,2,3,4,5,6,7],"on":false"#
            for answer in [
                try await switches.order(2, false),
                try await switches.client.post("\(switches.device)/relays/2/cut-off"),
                try await switches.client.post("\(switches.device)/schedules", "{\(everyDay)}"),
            ] {
                #expect(answer.status == 409 && answer.json["code"] == "never_cut", "\(answer)")
            }
            #expect(try await switches.order(2, true).status == 200)
            #expect(try await switches.order(1, false).status == 200)
        }
    }

    @Test func aScheduleIsCarriedOutOnce() async throws {
        let home = try await Home()
        try await DaemonProcess.run { daemon in
            let switches = try Switches(daemon, home)
            var board = try Board(daemon, home)
            try await board.post()
            let made = try await switches.client.post(
                "\(switches.device)/schedules", #"{"relay":1,"time":"00:00","weekdays":[1,2,3,4,5,6,7],"on":false}"#)
            let id = try #require(made.json["id"].integer, "\(made)")
            let told = try await switches.client.get("\(switches.device)/relays").json["schedules"]
            #expect(
                told == [
                    [
                        "id": .number(Double(id)), "relay": 1, "time": "00:00", "weekdays": [1, 2, 3, 4, 5, 6, 7],
                        "on": false, "author": "asha",
                    ]
                ])
            _ = try await Database.scratch.run { connection in
                try connection.execute("UPDATE relay_schedule SET done_until = now() - interval '2 days'")
            }
            try await eventually("the schedule is carried out") {
                try await board.post().json["relays"]["relay1"] == false
            }
            let orders = try await switches.client.get("\(switches.device)/orders").json["orders"].list
            #expect(orders.map { $0["author"] } == ["schedule"])
            #expect(try await switches.client.post("/v1/schedules/\(id)/remove").status == 200)
            #expect(try await switches.client.post("/v1/schedules/\(id)/remove").status == 404)
            for (members, field) in [
                (#""relay":3,"time":"07:00","weekdays":[1]"#, "relay"),
                (#""relay":1,"time":"7","weekdays":[1]"#, "time"),
                (#""relay":1,"time":"24:00","weekdays":[1]"#, "time"),
                (#""relay":1,"time":"07:00","weekdays":[]"#, "weekdays"),
                (#""relay":1,"time":"07:00","weekdays":[0]"#, "weekdays"),
            ] {
                let answer = try await switches.client.post("\(switches.device)/schedules", "{\(members),\"on\":true}")
                #expect(answer.status == 400 && answer.json["field"].text == field, "\(members): \(answer)")
            }
        }
    }
}
