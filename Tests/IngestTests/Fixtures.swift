import Foundation
import Ingest
import Metering

/// An instant of the test day, in UTC.
func at(_ text: String) -> Date {
    guard let instant = try? Date("2026-03-10T" + text + "Z", strategy: .iso8601) else {
        preconditionFailure("not a time: \(text)")
    }
    return instant
}

func reading(
    _ seconds: Double, _ wattHours: Double, relays: RelayStates? = nil, boot: Int32? = nil, uptime: Int32? = nil
) -> Reading {
    Reading(
        at: start.addingTimeInterval(seconds), register: Energy(milliwattHours: Int64(wattHours * 1000)),
        relays: relays,
        bootID: boot, uptime: uptime)
}

/// Noon in Kolkata.
let start = at("06:30:00")

func zone(_ name: String) -> TimeZone {
    guard let zone = TimeZone(identifier: name) else { preconditionFailure("no zone \(name)") }
    return zone
}

let kolkata = zone("Asia/Kolkata")
let berlin = zone("Europe/Berlin")

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
