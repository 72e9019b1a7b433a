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
            "current":\(power / 230),"relay1":\(isOn[0] ? 1 : 0),"relay2":\(isOn[1] ? 1 : 0)}
            """)
        try #require(answer.status == 200, "\(answer)")
        if obeys { isOn = ["relay1", "relay2"].enumerated().map { answer.json["relays"][$1].boolean ?? isOn[$0] } }
        return answer
    }

    mutating func post(times: Int) async throws {
        for _ in 0..<times { try await post() }
    }
}
