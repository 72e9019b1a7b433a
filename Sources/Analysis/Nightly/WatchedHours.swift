import Foundation
package import Metering

extension WatchedInterval {
    /// An hour that was rolled up; nil where hardly anything of it was seen.
    ///
    /// - Parameter voltage: mean volts of it, where a reading told.
    package init?(_ hour: Consumption, voltage: Double? = nil) {
        guard hour.coverage.share >= Self.leastCoverage, hour.period.seconds > 0 else { return nil }
        // What was spread over a gap, or set by a person, is no measurement of this hour.
        let isMeasured = hour.quality.isDisjoint(with: [.estimated, .corrected])
        let power = hour.energy.kilowattHours * 3.6e6 / hour.period.seconds
        self.init(hour.period, power: isMeasured ? power : nil, voltage: voltage, credited: isMeasured ? nil : power)
    }

    private static let leastCoverage = 0.5
}

extension NightFinding {
    /// A register that stood still for half a day, as the repair saw it; nil for other events.
    package init?(_ event: RegisterEvent) {
        let hours = event.period.seconds / 3600
        guard event.kind == .stall, hours >= Self.leastStall, event.credited.kilowattHours >= Self.leastFlow else {
            return nil
        }
        self.init(
            kind: .register, period: event.period, observed: 0, usual: event.credited.kilowattHours / hours * 1000,
            extra: event.credited, score: 9)
    }

    private static let leastStall = 12.0
    /// Kilowatt-hours.
    private static let leastFlow = 0.3
}
