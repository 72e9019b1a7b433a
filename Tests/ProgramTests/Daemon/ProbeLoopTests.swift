import Foundation
import Postgres
import TestSupport
import Testing

/// A doubt about a socket, settled by the real firmware: it opens the relay for a moment and closes it by itself.
@Suite(
    .scratchDatabase,
    .enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"))
struct ProbeLoopTests {
    /// Twelve minutes in which both sockets were on and drew 92 W: what the daemon has to know before a spike is one.
    private func sendWhatWasUsual(of home: HomeUnderTest, to daemon: DaemonUnderTest) throws {
        let now = Int(Date().timeIntervalSince1970 * 1000)
        let lines = (1...70).map { number in
            #"{"at":\#(now - (71 - number) * 10_000),"voltage":230,"current":0.4,"power":92,"#
                + #""register_mwh":\#(number * 255),"relay1":1,"relay2":1}"#
        }
        let sent = try daemon.ask("/v1/readings", posting: "[\(lines.joined(separator: ","))]", as: home.deviceToken)
        try #require(sent.status == 200, "\(sent)")
    }

    /// A household that lets a socket be tried, and a device of which both sockets are on.
    private struct House {
        let daemon: DaemonUnderTest
        let home: HomeUnderTest
        let device: Firmware
        let person: String
        let events: EventStream
    }

    private func withHouse(trying socket: Int, _ body: (House) async throws -> Void) async throws {
        let daemon = try DaemonUnderTest(on: try Database.scratchConfiguration)
        defer { daemon.stop() }
        let home = try HomeUnderTest("asha", on: daemon)
        try daemon.start()
        let person = try home.logIn(to: daemon)
        let agreed = try daemon.ask(
            "/v1/devices/\(home.device)/sockets",
            posting: #"{"names":["Geyser","Fridge"],"never_cut":[],"may_probe":[\#(socket)]}"#, as: person)
        try #require(agreed.status == 200, "\(agreed)")
        try sendWhatWasUsual(of: home, to: daemon)
        let events = try EventStream(of: daemon, as: person)
        defer { events.stop() }
        let device = try home.firmware(at: daemon.url(""), load: Firmware.Load(socket1: 0.2, socket2: 0.2))
        defer { device.stop() }
        try device.start()
        try await events.live("its first reading") { $0.relay1 == false }
        for relay in 1...2 {
            _ = try daemon.ask("/v1/devices/\(home.device)/relays/\(relay)", posting: #"{"on":true}"#, as: person)
        }
        for _ in 1...4 { try await events.live("both to be on") { $0.relay1 == true && $0.relay2 == true } }
        try await body(House(daemon: daemon, home: home, device: device, person: person, events: events))
    }

    @Test(arguments: [(1, "the power fell from 1,426 W to 46 W"), (2, "1,380 W went on")])
    func theSocketIsFoundAndIsOnAgain(_ tried: Int, _ words: String) async throws {
        try await withHouse(trying: tried) { house in
            try house.device.set(Firmware.Load(socket1: 6, socket2: 0.2))
            let alert = try await house.events.alert("spike", "open")
            #expect(alert.probability ?? 1 < 0.9 && alert.probe == nil)
            let order = try await house.events.next("the receipt") { event in
                if case .order(let order) = event, order.pulse_ms == 3000, order.settled_at != nil {
                    order
                } else {
                    nil
                }
            }
            #expect(order.state == "confirmed" && order.watts_before == 1426)
            let settled = try await house.events.alert("spike", "open")
            #expect(settled.id == alert.id && settled.probe == "settled" && settled.socket == "1")
            #expect(settled.sentence.contains(words), "\(settled.sentence)")
            let after = try await house.events.live("a reading after it") { _ in true }
            #expect(after.relay1 == true && after.relay2 == true && after.power == 1426)
        }
    }

    @Test func aDaemonThatIsKilledMeanwhileLeavesTheSocketOn() async throws {
        try await withHouse(trying: 1) { house in
            try house.device.set(Firmware.Load(socket1: 6, socket2: 0.2))
            let sent = try await house.events.next("the order to be sent") { event in
                if case .order(let order) = event, order.pulse_ms == 3000, order.state == "sent" { order } else { nil }
            }
            house.daemon.crash()
            try house.daemon.start()
            let events = try EventStream(of: house.daemon, as: house.person)
            defer { events.stop() }
            let after = try await events.live("a reading after it") { $0.relay1 != nil }
            #expect(after.relay1 == true && after.relay2 == true && after.power == 1426)
            let order = try house.daemon.ask("/v1/orders/\(sent.id)", as: house.person).decoded(
                as: EventStream.Order.self)
            // On a busy machine the device's word of it may have come before the kill.
            #expect(["expired", "confirmed"].contains(order.state))
        }
    }
}
