import Foundation
import TestSupport

/// A household with one device, and a person who has a password.
struct HomeUnderTest: Sendable {
    static let password = "monsoon-2026!"

    let slug: String
    let device: Int64
    /// What the device shows.
    let deviceToken: String

    /// Enters it by `wattbuddy`; the daemon need not run.
    init(_ slug: String, on daemon: DaemonUnderTest) throws {
        self.slug = slug
        try daemon.wattbuddy(
            "household", "add", slug, "--zone", "Asia/Kolkata", "--locale", "en-IN", "--tariff", "in-kl-kseb-lt1a",
            "--tariff-from", "2025-01-01", "--input", "phase=single")
        let made = try daemon.wattbuddy("device", "add", "Ground floor", "--household", slug)
        guard let device = made["device"].flatMap(Int64.init), let token = made["token"] else {
            throw DaemonUnderTest.Fault(message: "a device was not made: \(made)")
        }
        (self.device, deviceToken) = (device, token)
        try daemon.wattbuddy(
            "user", "add", slug, "--email", "\(slug)@example.org", "--household", slug, password: Self.password)
    }

    private struct Session: Decodable {
        let token: String
    }

    /// - Returns: the token of a session of its person.
    func logIn(to daemon: DaemonUnderTest) throws -> String {
        let body = #"{"email":"\#(slug)","password":"\#(Self.password)"}"#
        return try daemon.ask("/v1/login", posting: body).decoded(as: Session.self).token
    }

    /// A device of its own, not started yet.
    func firmware(at url: String, load: Firmware.Load = Firmware.Load()) throws -> Firmware {
        try Firmware(posting: url + "/api/esp32/data", token: deviceToken, load: load)
    }
}
