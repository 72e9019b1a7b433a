import Foundation
import Metering
import TestSupport
import Testing

extension LocalClock {
    static func at(_ zone: String) throws -> LocalClock {
        LocalClock(zone: try #require(TimeZone(identifier: zone)))
    }
}

func instant(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}

/// Readings a minute apart, from kilowatt-hours.
func minutes(
    _ registers: [Double], from start: Date = Date(timeIntervalSince1970: 1_000_000_000),
    every seconds: Double = 60
) -> [Reading] {
    registers.enumerated().map { index, register in
        Reading(
            at: start.addingTimeInterval(Double(index) * seconds),
            register: Energy(milliwattHours: Int64((register * 1e6).rounded())))
    }
}

/// A constant load from `start` to `end`, with a reading each `seconds`.
func constantLoad(kilowatts: Double, from start: Date, to end: Date, every seconds: Double = 60)
    -> [Reading]
{
    stride(from: start, through: end, by: seconds).map { at in
        let hours = at.timeIntervalSince(start) / 3600
        return Reading(
            at: at, register: Energy(milliwattHours: Int64((kilowatts * hours * 1e6).rounded())))
    }
}
