import Foundation
import Metering

/// Whether the register stands still while power flows.
struct RegisterCheck: Sendable, Codable {
    private var register: Energy?
    private var start: Date?
    /// Watt-hours that flowed since.
    private var flowed = 0.0
    private var isSaid = false

    private static let patience = 12 * 3600.0
    /// Watt-hours; any register shows as much.
    private static let leastFlow = 300.0
    private static let score = 9.0

    mutating func take(_ interval: WatchedInterval) -> NightFinding? {
        guard let shown = interval.register else { return nil }
        guard shown == register else {
            register = shown
            start = interval.period.upperBound
            flowed = 0
            isSaid = false
            return nil
        }
        let hours = interval.period.upperBound.timeIntervalSince(interval.period.lowerBound) / 3600
        flowed += (interval.power ?? 0) * hours
        guard let start, !isSaid, flowed >= Self.leastFlow,
            interval.period.upperBound.timeIntervalSince(start) >= Self.patience
        else { return nil }
        isSaid = true
        let end = interval.period.upperBound
        return NightFinding(
            kind: .register, period: start..<end, observed: 0, usual: flowed / end.timeIntervalSince(start) * 3600,
            extra: Energy(milliwattHours: Int64(flowed * 1000)), score: Self.score)
    }
}
