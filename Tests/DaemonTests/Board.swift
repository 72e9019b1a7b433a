import Foundation
import TestSupport
import Testing

/// A made-up device with two relays, which does what the answers to its readings say.
struct Board {
    let client: HTTPClient
    /// The instant of its next reading; long ago, so that readings may follow each other faster than the clock.
    var at = Date().addingTimeInterval(-100)
    var milliwattHours = 1_000_000
    var isOn = [true, true]
    /// Watts of what is plugged in.
    var loads = [0.0, 0.0]
    /// Watts that flow whatever the relays do.
    var uncut = 0.0
    /// Milliseconds for which it opens a relay and closes it again by itself; nil for one that cannot, and says nothing.
    var longestPulse: Int?
    /// It finds too much current at the relay, and leaves it closed.
    var isOverloaded = false
    /// What it was asked to open so.
    private(set) var pulses: [JSON] = []
    /// What the next reading tells of the last one.
    private var told = ""

    init(_ daemon: DaemonProcess, _ home: Home) throws {
        client = try daemon.client.bearing(home.token)
    }

    var power: Double { uncut + zip(isOn, loads).map { $0 ? $1 : 0 }.reduce(0, +) }

    /// Posts a reading.
    ///
    /// - Returns: the answer, after it was obeyed.
    @discardableResult
    mutating func post(obeys: Bool = true) async throws -> HTTPAnswer {
        at.addTimeInterval(0.5)
        milliwattHours += 100
        let answer = try await client.readings(
            """
            {"at":\(at.timeIntervalSince1970),"register_mwh":\(milliwattHours),"power":\(power),"voltage":230,\
            "current":\(power / 230),"relay1":\(isOn[0] ? 1 : 0),"relay2":\(isOn[1] ? 1 : 0)\
            \(longestPulse.map { ",\"pulse_ms\":\($0)" } ?? "")\(told)}
            """)
        told = ""
        try #require(answer.status == 200, "\(answer)")
        if obeys { isOn = ["relay1", "relay2"].enumerated().map { answer.json["relays"][$1].boolean ?? isOn[$0] } }
        if let relay = answer.json["pulse"]["relay"].integer { try pulse(relay, answer.json["pulse"]) }
        return answer
    }

    private mutating func pulse(_ relay: Int64, _ asked: JSON) throws {
        pulses.append(asked)
        let id = try #require(asked["id"].integer)
        guard !isOverloaded else {
            told = ",\"pulse_id\":\(id),\"pulse_before\":null,\"pulse_open\":null"
            return
        }
        let before = power
        isOn[Int(relay) - 1] = false
        defer { isOn[Int(relay) - 1] = true }
        told = ",\"pulse_id\":\(id),\"pulse_before\":\(before),\"pulse_open\":\(power)"
    }

    mutating func post(times: Int, obeys: Bool = true) async throws {
        for _ in 0..<times { try await post(obeys: obeys) }
    }
}
