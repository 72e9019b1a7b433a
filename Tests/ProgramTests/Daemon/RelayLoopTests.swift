import Foundation
import Postgres
import TestSupport
import Testing

/// Orders by HTTP, as the real firmware obeys them and the watts confirm them.
@Suite(
    .scratchDatabase,
    .enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"))
struct RelayLoopTests {
    /// A household with a running device, its daemon, and somebody who listens.
    private struct House: Sendable {
        let daemon: DaemonUnderTest
        let home: HomeUnderTest
        let device: Firmware
        let person: String
        let events: EventStream
        /// What its register showed at first.
        let beginning: Double

        /// - Returns: the order's number.
        func order(_ relay: Int, _ isOn: Bool) throws -> Int64 {
            let path = "/v1/devices/\(home.device)/relays/\(relay)"
            return try daemon.ask(path, posting: #"{"on":\#(isOn),"reason":"a test"}"#, as: person)
                .decoded(as: EventStream.Order.self).id
        }

        /// What the device's register showed last.
        var register: Double {
            get throws {
                let live = try daemon.ask("/v1/live", as: person).decoded(as: Listing.self).devices.first
                return try #require(live?.energy_kwh)
            }
        }

        /// What becomes of an order.
        func carryOut(_ relay: Int, _ isOn: Bool) async throws -> EventStream.Order {
            try await events.settled(try order(relay, isOn))
        }

        /// Waits until the daemon knows what a socket draws: three readings after it was switched.
        func settle() async throws {
            for _ in 1...3 { try await events.live("a reading") { _ in true } }
        }
    }

    private struct Listing: Decodable {
        let devices: [EventStream.Live]
    }

    private struct Usage: Decodable {
        let today_kwh: Double
    }

    private func withHouse(_ load: Firmware.Load, _ body: (House) async throws -> Void) async throws {
        let daemon = try DaemonUnderTest(on: try Database.scratchConfiguration)
        defer { daemon.stop() }
        let home = try HomeUnderTest("asha", on: daemon)
        try daemon.start()
        let person = try home.logIn(to: daemon)
        let names = try daemon.ask(
            "/v1/devices/\(home.device)/sockets", posting: #"{"names":["Geyser","Fridge"],"never_cut":[]}"#, as: person)
        try #require(names.status == 200, "\(names)")
        let events = try EventStream(of: daemon, as: person)
        defer { events.stop() }
        let device = try home.firmware(at: daemon.url(""), load: load)
        defer { device.stop() }
        try device.start()
        let first = try await events.live("a first reading") { $0.energy_kwh != nil }
        let house = House(
            daemon: daemon, home: home, device: device, person: person, events: events,
            beginning: try #require(first.energy_kwh))
        try await house.settle()
        try await body(house)
    }

    @Test func bothSocketsAreSwitchedBothWaysAndTheWattsConfirmIt() async throws {
        try await withHouse(Firmware.Load(socket1: 1.5, socket2: 2)) { house in
            for (relay, watts) in [(1, 345.0), (2, 460.0)] {
                let on = try await house.carryOut(relay, true)
                #expect(on.state == "confirmed")
                #expect(on.watts_before == 0 && on.watts_after == watts)
                try await house.settle()
                let off = try await house.carryOut(relay, false)
                #expect(off.state == "confirmed")
                #expect(off.watts_before == watts && off.watts_after == 0)
                try await house.settle()
            }
        }
    }

    @Test func aContactThatDoesNotOpenIsSeenAndToldUntilItIsSwitchedAgain() async throws {
        try await withHouse(Firmware.Load(socket1: 1.5)) { house in
            #expect(try await house.carryOut(1, true).state == "confirmed")
            try await house.settle()
            try house.device.set(Firmware.Load(socket1: 0, uncut: 1.5))
            try await house.settle()
            let stuck = try await house.carryOut(1, false)
            #expect(stuck.state == "stuck")
            #expect(stuck.watts_after == 345)
            let alert = try await house.events.alert("stuck_relay", "open")
            #expect(alert.severity == "critical" && alert.socket == "1")
            #expect(alert.sentence.contains("Geyser is switched off, but 345 W still flow"))
            try house.device.set(Firmware.Load(socket1: 1.5))
            _ = try house.order(1, true)
            #expect(try await house.events.alert("stuck_relay", "resolved").id == alert.id)
        }
    }

    /// Its flash is older than what it last said and did: the relay comes back closed, the register is behind.
    @Test func afterAPowerCutNothingIsCountedTwiceAndWhatWasOffIsSwitchedOffAgain() async throws {
        try await withHouse(Firmware.Load(socket1: 20, uncut: 20)) { house in
            #expect(try await house.carryOut(1, true).state == "confirmed")
            let first = try #require(try house.device.flash)
            try await house.events.live("a write of the flash") { _ in try house.device.flash != first }
            let older = try #require(try house.device.flash)
            let off = try await house.carryOut(1, false)
            #expect(off.state == "confirmed")
            try await house.settle()
            house.device.cutPower()
            let last = try house.register
            try house.device.setFlash(to: older)
            try house.device.start()
            let back = try #require(try await house.events.live("the return") { $0.relay1 == true }.energy_kwh)
            #expect(back < last)
            try await house.events.live("the relay to be off again") { $0.relay1 == false }
            try await house.events.live("a later reading") { $0.energy_kwh ?? 0 > last }
            house.device.cutPower()
            let counted = last - house.beginning + (try house.register - back)
            let usage = try house.daemon.ask("/v1/usage", as: house.person).decoded(as: Usage.self)
            #expect(Int((usage.today_kwh * 1e6).rounded()) == Int((counted * 1e6).rounded()), "what both runs counted")
        }
    }
}
