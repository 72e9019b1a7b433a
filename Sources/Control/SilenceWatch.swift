package import Foundation

/// Whether a device has gone silent: no reading for three intervals of its own pace, and a minute at least.
package struct SilenceWatch: Sendable {
    /// Seconds from one reading to the next, as they usually are.
    package private(set) var cadence: Double
    /// When the last reading came; nil before the first.
    package private(set) var lastHeard: Date?
    /// Whether the device is silent now.
    package private(set) var isSilent = false

    /// - Parameters:
    ///   - cadence: what is known of the pace before the first readings.
    ///   - lastHeard: after a start of the daemon, when it began to listen: it cannot know of silence before.
    package init(cadence: Double = 60, lastHeard: Date? = nil) {
        self.cadence = cadence
        self.lastHeard = lastHeard
    }

    /// Seconds without a reading that make a silence.
    package var limit: Double { max(Self.least, 3 * cadence) }

    /// Takes that a reading came.
    ///
    /// - Returns: whether this ends a silence.
    package mutating func hear(at now: Date) -> Bool {
        if let lastHeard { follow(now.timeIntervalSince(lastHeard)) }
        lastHeard = max(now, lastHeard ?? now)
        defer { isSilent = false }
        return isSilent
    }

    /// Moves the pace a tenth of itself towards an interval, so that it stays near the median whatever a gap may be.
    private mutating func follow(_ interval: Double) {
        guard interval > 0 else { return }
        let step = max(Self.leastStep, cadence * 0.1)
        cadence += min(step, max(-step, interval - cadence))
    }

    /// Looks whether the device has gone silent by `now`.
    ///
    /// - Returns: the seconds without a reading when the silence has just begun; nil when nothing changed.
    package mutating func tick(at now: Date) -> Double? {
        guard let lastHeard, !isSilent else { return nil }
        let lasting = now.timeIntervalSince(lastHeard)
        guard lasting >= limit else { return nil }
        isSilent = true
        return lasting
    }

    private static let least = 60.0
    private static let leastStep = 0.25
}
