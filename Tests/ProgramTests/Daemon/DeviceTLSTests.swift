import Foundation
import Postgres
import TestSupport
import Testing

/// Devices trust the authority that was built into them, and no other.
@Suite(
    .scratchDatabase,
    .enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"))
struct DeviceTLSTests {
    private struct Devices: Decodable {
        struct Device: Decodable {
            let id: Int64
            let last_seen: Int64?
        }

        let devices: [Device]
    }

    private func withHouse(
        signedBy signer: ServerCertificate.Signer,
        _ body: (DaemonUnderTest, HomeUnderTest, Firmware) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let certificate = try ServerCertificate(signedBy: signer, in: folder)
        let daemon = try DaemonUnderTest(on: try Database.scratchConfiguration, certificate: certificate)
        defer { daemon.stop() }
        let home = try HomeUnderTest("asha", on: daemon)
        try daemon.start()
        let device = try home.firmware(at: daemon.url(""))
        defer { device.stop() }
        try device.start()
        try await body(daemon, home, device)
    }

    @Test func aDeviceSendsOverTLSToADaemonOfItsAuthority() async throws {
        try await withHouse(signedBy: .authorityOfDevices) { daemon, home, _ in
            let events = try EventStream(of: daemon, as: try home.logIn(to: daemon))
            defer { events.stop() }
            let reading = try await events.live("a reading over TLS") { $0.power != nil }
            #expect(reading.device == home.device)
        }
    }

    @Test func aDeviceTellsNothingToADaemonOfAnotherAuthority() async throws {
        try await withHouse(signedBy: .itself) { daemon, home, device in
            // 10 says that the certificate was looked at and did not please; a log tells nobody that it grew.
            for _ in 0..<300 where try device.log.matches(of: /error code: 10/).count < 2 {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(try device.log.matches(of: /error code: 10/).count >= 2)
            let person = try home.logIn(to: daemon)
            let known = try daemon.ask("/v1/devices", as: person).decoded(as: Devices.self)
            #expect(known.devices.map(\.id) == [home.device])
            #expect(known.devices.allSatisfy { $0.last_seen == nil })
        }
    }
}
