import Foundation

/// Whether the mains was out of its band, or far from what it always is here, for an hour and a half.
struct SupplyCheck: Sendable, Codable {
    /// The middle of all voltages so far, followed in small steps.
    private var median = 0.0
    private var start: Date?
    private var end = Date.distantPast
    private var furthest = 0.0

    private static let band = 207.0...253.0
    /// Of the usual voltage: a broken neutral shifts it by more.
    private static let far = 0.08
    private static let patience = 5400.0
    private static let score = 7.0

    /// - Returns: the stretch that ended with this interval.
    mutating func take(_ interval: WatchedInterval) -> NightFinding? {
        guard let volts = interval.voltage, volts > 0 else { return finish() }
        if median == 0 { median = volts }
        guard Self.band.contains(volts) && abs(volts - median) <= median * Self.far else {
            if start == nil {
                start = interval.period.lowerBound
                furthest = volts
            }
            end = interval.period.upperBound
            if abs(volts - median) > abs(furthest - median) { furthest = volts }
            return nil
        }
        median += min(0.1, max(-0.1, volts - median))
        return finish()
    }

    mutating func finish() -> NightFinding? {
        defer { start = nil }
        guard let start, end.timeIntervalSince(start) >= Self.patience else { return nil }
        return NightFinding(kind: .voltage, period: start..<end, observed: furthest, usual: median, score: Self.score)
    }
}
