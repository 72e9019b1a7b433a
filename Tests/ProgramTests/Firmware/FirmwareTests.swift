import Foundation
import TestSupport
import Testing

/// What the real firmware does on the wire, against a server of the test's own.
@Suite(.enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"))
struct FirmwareTests {
    private static let relay1On = #"{"success":true,"relays":{"relay1":true,"relay2":false}}"#

    /// Starts a device at a sink for the time of `body`.
    private func withDevice(
        at sink: DeviceSink, userID: String = "", load: Firmware.Load? = Firmware.Load(),
        _ body: (Firmware) async throws -> Void
    ) async throws {
        defer { sink.stop() }
        let device = try Firmware(posting: sink.url, token: "wbd_0123456789abcdef", userID: userID, load: load)
        defer { device.stop() }
        try device.start()
        try await body(device)
    }

    @Test func aReadingIsPostedAsTheContractSays() async throws {
        let sink = try DeviceSink()
        try await withDevice(at: sink, userID: "8") { _ in
            let request = try await sink.request()
            #expect(request.head.first == "POST /api/esp32/data HTTP/1.1")
            #expect(request.head.contains("Accept-Encoding: "))
            #expect(request.head.contains("Connection: close"))
            #expect(request.head.contains("Authorization: Bearer wbd_0123456789abcdef"))
            #expect(request.head.contains("Content-Type: application/json"))
            #expect(request.head.contains("Content-Length: \(request.body.utf8.count)"))
            #expect(request.head.contains("User-Agent: wattbuddy-esphome/1"))
            let reading = try request.reading
            #expect((1..<1 << 31).contains(reading.boot_id))
            let start = #"{"voltage":230,"current":0,"power":0,"energy":0,"relay1":0,"relay2":0,"userId":"8","seq":1,"#
            #expect(
                request.body == start
                    + #""boot_id":\#(reading.boot_id),"uptime_ms":\#(reading.uptime_ms),"pulse_ms":3000}"#)
        }
    }

    @Test func onlyTheAnswerOfA200SwitchesARelay() async throws {
        let sink = try DeviceSink()
        try sink.answer(503, Self.relay1On)
        try await withDevice(at: sink) { device in
            for number in 1...3 {
                let reading = try await sink.request().reading
                #expect(reading.seq == number)
                #expect(reading.relay1 == 0)
                #expect(reading.current == 0)
            }
            try sink.answer(200, Self.relay1On)
            let on = try await sink.reading { $0.relay1 == 1 && $0.power == 345 }
            #expect(on.relay2 == 0)
            try device.set(Firmware.Load(socket1: 8, uncut: 0.5))
            let spike = try await sink.reading { $0.power ?? 0 > 345 }
            #expect(spike.power == 1955)
            try sink.answer(200, #"{"success":true,"relays":{"relay1":false}}"#)
            let cut = try await sink.reading { $0.power ?? 0 < 345 }
            #expect(cut.relay1 == 0)
            #expect(cut.power == 115)
        }
    }

    /// It posts nothing while the relay is open: a server that does not answer could hold it up.
    @Test func aRelayOpensForAMomentAndClosesWhateverTheServerDoes() async throws {
        let sink = try DeviceSink()
        try sink.answer(200, Self.relay1On)
        try await withDevice(at: sink) { _ in
            var last = try await sink.reading { $0.power == 345 }
            try sink.answer(
                200,
                #"{"relays":{"relay1":true},"pulse":{"id":4294967297,"relay":1,"open_ms":3000,"below_a":10}}"#)
            let told = try await sink.reading { reading in
                defer { if reading.pulse_id == nil { last = reading } }
                return reading.pulse_id != nil
            }
            try sink.answer(503, "{}")
            #expect(told.pulse_id == 4_294_967_297 && told.pulse_before == 345 && told.pulse_open == 0)
            #expect(told.relay1 == 1 && told.power == 345)
            #expect(told.uptime_ms - last.uptime_ms >= 5000)
            // Told again until somebody has taken it; the relay is closed all the time.
            let again = try await sink.reading { $0.seq > told.seq + 1 }
            #expect(again.pulse_id == told.pulse_id && again.relay1 == 1)
            try sink.answer(200, Self.relay1On)
            _ = try await sink.reading { $0.pulse_id == nil }
        }
    }

    @Test(arguments: [
        #""relay":1,"open_ms":3000,"below_a":1.5"#, #""relay":1,"open_ms":3001,"below_a":10"#,
        #""relay":1,"open_ms":3000"#, #""relay":2,"open_ms":3000,"below_a":10"#,
        #""relay":3,"open_ms":3000,"below_a":10"#,
    ])
    func aRelayThatIsOffOrCarriesTooMuchIsNotOpened(_ asked: String) async throws {
        let sink = try DeviceSink()
        try sink.answer(200, Self.relay1On)
        try await withDevice(at: sink) { _ in
            _ = try await sink.reading { $0.power == 345 }
            try sink.answer(200, #"{"pulse":{"id":17,\#(asked)}}"#)
            let told = try await sink.reading { $0.pulse_id == 17 }
            #expect(told.pulse_before == nil && told.pulse_open == nil && told.relay1 == 1 && told.relay2 == 0)
            let next = try await sink.reading { $0.seq > told.seq }
            #expect(next.power == 345 && next.seq == told.seq + 1)
        }
    }

    @Test func anAnswerThatIsNoOrderSwitchesNothing() async throws {
        let answers = [
            "", #"{"relays":null}"#, #"{"relays":{"relay1":"on","relay2":1}}"#, #"{"relays":{"relay1":true"#,
            #"{"relays":{"relay1":tru}}"#, String(repeating: "[", count: 1000), "[]",
        ]
        let sink = try DeviceSink()
        try await withDevice(at: sink) { _ in
            for answer in answers {
                try sink.answer(200, answer)
                let reading = try await sink.request().reading
                #expect(reading.relay1 == 0 && reading.relay2 == 0, "after one of \(answers)")
            }
            try sink.answer(200, Self.relay1On)
            _ = try await sink.reading { $0.relay1 == 1 }
        }
    }

    /// 345 W for each millisecond that the device counted, give or take a measurement at each end.
    @Test func theRegisterCountsWhatFlows() async throws {
        let sink = try DeviceSink()
        try await withDevice(at: sink, load: Firmware.Load(uncut: 1.5)) { _ in
            let first = try await sink.reading { $0.energy > 0 }
            let body = try await sink.request().body
            #expect(body.contains(/"energy":0\.\d{1,6},/), "\(body)")
            let last = try await sink.reading { $0.seq == first.seq + 5 }
            let expected = 345.0 * Double(last.uptime_ms - first.uptime_ms) / 3.6e9
            #expect(abs(last.energy - first.energy - expected) < 2 * 345 / 3.6e6)
        }
    }

    @Test func whatASensorDoesNotKnowIsNullAndStopsTheRegister() async throws {
        let sink = try DeviceSink()
        try await withDevice(at: sink, load: Firmware.Load(uncut: 1)) { device in
            _ = try await sink.reading { $0.energy > 0 }
            try device.set(nil)
            let stopped = try await sink.reading { $0.power == nil }
            let request = try await sink.request()
            #expect(request.body.hasPrefix(#"{"voltage":230,"current":null,"power":null,"#))
            let still = try request.reading
            #expect(still.energy == stopped.energy)
            try device.set(Firmware.Load(uncut: 1))
            _ = try await sink.reading { $0.energy > stopped.energy }
        }
    }

    /// The flash is older than the last reading, as after a power cut; nothing flows when the device is back.
    @Test func afterAPowerCutTheRegisterIsALittleBehindAndCountsOn() async throws {
        let sink = try DeviceSink()
        try sink.answer(200, Self.relay1On)
        try await withDevice(at: sink, load: Firmware.Load(uncut: 1.5)) { device in
            _ = try await sink.reading { $0.relay1 == 1 }
            let before = try device.flash
            let saved = try await sink.reading { _ in try device.flash != before }
            let flash = try #require(try device.flash)
            let last = try await sink.reading { $0.seq == saved.seq + 3 }
            device.cutPower()
            try device.setFlash(to: flash)
            try device.set(Firmware.Load(socket1: 0, socket2: 0))
            try device.start()
            let back = try await sink.reading { $0.boot_id != last.boot_id }
            #expect(back.seq == 1)
            #expect(back.uptime_ms < last.uptime_ms)
            #expect(back.relay1 == 1)
            #expect(back.energy > 0)
            #expect(back.energy < last.energy)
            try device.set(Firmware.Load(uncut: 1.5))
            _ = try await sink.reading { $0.energy > back.energy }
        }
    }

    @Test func overTLSOnlyTheAuthorityOfDevicesIsTrusted() async throws {
        let sink = try DeviceSink(certificateSignedBy: .authorityOfDevices)
        try await withDevice(at: sink) { _ in
            let first = try await sink.request().reading
            #expect(first.seq == 1)
        }
        let stranger = try DeviceSink(certificateSignedBy: .itself)
        try await withDevice(at: stranger) { device in
            for _ in 1...2 {
                guard case .refused = try await stranger.next() else {
                    Issue.record("a certificate that signed itself was trusted")
                    return
                }
            }
            // 10 says that the certificate was looked at and did not please.
            #expect(try device.log.contains("error code: 10"))
        }
    }
}
