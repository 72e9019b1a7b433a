import Foundation

/// Whether the register moves when power flows.
///
/// What must have flowed is reckoned from the power; a coarse register that waits for its next step is given time.
struct RegisterWatch: Codable, Sendable {
    private var register: Int64 = .min
    /// The smallest step of the register so far, in milliwatt-hours.
    private var step: Int64 = .max
    /// Milliwatt-hours that flowed since the register moved.
    private var flowed = 0.0
    private var since = 0.0
    private(set) var openSince: Double?

    private static let patience = 600.0
    /// Milliwatt-hours: ten watt-hours, which any register shows.
    private static let leastFlow = 10_000.0

    mutating func take(_ new: Int64, power: Double, after interval: Double, at instant: Double) -> Excess? {
        guard new == register else {
            if register != .min, new > register { step = min(step, new - register) }
            register = new
            flowed = 0
            since = instant
            openSince = nil
            return nil
        }
        flowed += max(0, power) * interval / 3.6
        let expected = max(Self.leastFlow, 8 * Double(min(step, 100_000)))
        guard openSince == nil, flowed >= expected, instant - since >= Self.patience else { return nil }
        openSince = instant
        return Excess(score: flowed / expected, observed: 0, usual: flowed / (instant - since) * 3.6)
    }
}
