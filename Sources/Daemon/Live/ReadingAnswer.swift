import Control
import Foundation
import Hummingbird
import Ingest
import Metering
import NIOCore

/// What a device is told after its readings, written by hand: it is the answer that is given most.
struct ReadingAnswer {
    let latest: LatestReading?
    let stored: Int
    let received: Int
    /// The states that the relays should be in; nil for one that is left as it is.
    let wanted: (relay1: Bool?, relay2: Bool?)
    /// A relay that the device is to open for a moment, once.
    let pulse: RelayOrder?

    var response: Response {
        var text = "{\"success\":true"
        if let latest { text += ",\"data\":" + Self.data(of: latest) }
        text += ",\"dbWrite\":\(stored > 0),\"stored\":\(stored),\"received\":\(received)"
        let relays = [("relay1", wanted.relay1), ("relay2", wanted.relay2)].compactMap { name, isOn in
            isOn.map { "\"\(name)\":\($0)" }
        }
        if !relays.isEmpty { text += ",\"relays\":{" + relays.joined(separator: ",") + "}" }
        if let order = pulse, let pulse = order.draft.pulse {
            text += ",\"pulse\":{\"id\":\(order.id),\"relay\":\(order.relay.rawValue)"
            text += ",\"open_ms\":\(pulse.milliseconds),\"below_a\":\(pulse.belowAmperes)}"
        }
        return .json(bytes: ByteBuffer(string: text + "}"))
    }

    /// The original's members, and `energy` beside its `energy_consumed`.
    static func data(of latest: LatestReading) -> String {
        var text = "{\"timestamp\":\"\(timestamp(latest.at))\""
        text +=
            ",\"voltage\":\(number(latest.voltage)),\"current\":\(number(latest.current)),\"power\":\(number(latest.power))"
        let energy = latest.register.map { "\($0.kilowattHours)" } ?? "null"
        text += ",\"energy\":\(energy),\"energy_consumed\":\(energy)"
        text += ",\"relay1\":\(relay(latest.relay1)),\"relay2\":\(relay(latest.relay2))}"
        return text
    }

    private static func number(_ value: Float?) -> String {
        value.map { "\($0)" } ?? "null"
    }

    private static func relay(_ isOn: Bool?) -> String {
        isOn.map { $0 ? "1" : "0" } ?? "null"
    }

    /// ISO 8601 in UTC with milliseconds, without a formatter: it is needed for each reading.
    static func timestamp(_ instant: Date) -> String {
        let milliseconds = Int((instant.timeIntervalSince1970 * 1000).rounded())
        let (days, ofDay) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        let date = LocalDate(daysSince1970: days)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(date)T\(padded(ofDay / 3_600_000, 2)):\(padded(ofDay / 60_000 % 60, 2)):"
            + "\(padded(ofDay / 1000 % 60, 2)).\(padded(ofDay % 1000, 3))Z"
    }
}
