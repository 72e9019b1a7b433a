/// The rule for a device nobody knows yet: far above the median so far, for some readings in a row.
struct SpikeWatch: Codable, Sendable {
    private var median = 0.0
    private var seen = 0
    private var above = 0
    private(set) var openSince: Double?

    /// So many readings make a median.
    private static let leastReadings = 60

    /// - Parameter isNews: whether it counts now.
    mutating func take(_ power: Double, at instant: Double, isNews: Bool, _ settings: LiveSettings) -> Excess? {
        let limit = max(settings.leastSpike, settings.spikeFactor * median)
        let isAbove = seen >= Self.leastReadings && power > limit
        let usual = median
        learn(power)
        above = isAbove ? above + 1 : 0
        if !isAbove { openSince = nil }
        guard above >= settings.heldReadings, openSince == nil, isNews else { return nil }
        openSince = instant
        return Excess(score: power / limit - 1, observed: power, usual: usual)
    }

    /// Follows the median in small steps, at first in larger ones.
    private mutating func learn(_ power: Double) {
        if seen < 10_000 { seen += 1 }
        let step = max(1, median * max(0.01, 1 / Double(seen)))
        median = seen == 1 ? power : median + min(step, max(-step, power - median))
    }

    mutating func forget() {
        above = 0
        openSince = nil
    }
}
