import Foundation
import TestSupport
import Testing

/// The files of `Jobs/devices` as ESPHome judges them.
@Suite(.enabled(if: Firmware.isBuildable, "ESPHome is not in .wattbuddy/esphome; .ci/prepare tests installs it"))
struct DeviceFileTests {
    /// Lets ESPHome check a file in a copy of the folder.
    private func check(_ file: String, _ substitutions: [String: String], secrets: Bool = true) throws -> Program.Ending
    {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let devices = folder.url.appending(path: "devices")
        let files = FileManager.default
        try files.copyItem(at: repository.appending(path: "Jobs/devices"), to: devices)
        try Data().write(to: devices.appending(path: "authority.pem"))
        let ownSecrets = devices.appending(path: "secrets.yaml")
        if files.fileExists(atPath: ownSecrets.path(percentEncoded: false)) { try files.removeItem(at: ownSecrets) }
        if secrets { try files.copyItem(at: devices.appending(path: "secrets.example.yaml"), to: ownSecrets) }
        let settings = substitutions.sorted { $0.key < $1.key }.flatMap { ["-s", $0.key, $0.value] }
        return try Program.run(
            repository.appending(path: "Jobs/devices/esphome"),
            settings + ["config", devices.appending(path: file).path(percentEncoded: false)],
            environment: ["ESPHOME_DATA_DIR": folder.path + "/built"])
    }

    @Test(arguments: [
        ("wattbuddy-meter.yaml", [:]),
        ("wattbuddy-meter.yaml", ["voltage": "zmpt101b"]),
        ("wattbuddy-meter.yaml", ["certificates": "own"]),
        ("wattbuddy-host.yaml", ["ca_certificate": "authority.pem"]),
    ])
    func aDeviceFileIsValid(_ file: String, _ substitutions: [String: String]) throws {
        let run = try check(file, substitutions)
        #expect(run.status == 0, "\(run.output) \(run.errors)")
    }

    /// The wiring that the documentation tells, as ESPHome understood it.
    @Test func theMeterIsWiredAsDocumented() throws {
        let run = try check("wattbuddy-meter.yaml", ["voltage": "zmpt101b"])
        let pins = run.output.split(separator: "\n").filter { $0.contains("number: ") }
        #expect(pins.map { Int($0.filter(\.isNumber)) } == [39, 36, 25, 26], "\(run.output)")
        #expect(run.output.contains("reboot_timeout: 0s"))
    }

    @Test(arguments: [
        (["relay1_pin": "GPIO36"], "does not support output"),
        (["post_interval": "soon"], "Unknown value 'soon'"),
        (["certificates": "own", "ca_certificate": "nowhere.pem"], "nowhere.pem"),
    ])
    func aFaultIsFound(_ substitutions: [String: String], _ told: String) throws {
        let run = try check("wattbuddy-meter.yaml", substitutions)
        #expect(run.status == 2)
        #expect((run.output + run.errors).contains(told), "\(run.output) \(run.errors)")
    }

    @Test func withoutSecretsThereIsNoMeter() throws {
        let run = try check("wattbuddy-meter.yaml", [:], secrets: false)
        #expect(run.status != 0)
        #expect((run.output + run.errors).contains("secret"), "\(run.output) \(run.errors)")
    }
}
