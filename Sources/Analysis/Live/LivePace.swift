/// Seconds from one reading of a device to the next, as they usually are.
struct LivePace: Codable, Sendable {
    private var seconds: Double = 0

    /// Gaps longer than this say nothing about the pace.
    private static let longest = 600.0

    /// Follows the median: each interval moves it a little towards itself, however long it is.
    mutating func take(_ interval: Double) {
        guard interval > 0, interval < Self.longest else { return }
        if seconds == 0 { seconds = interval }
        let step = max(0.25, seconds * 0.02)
        seconds += min(step, max(-step, interval - seconds))
    }

    /// A minute, until two readings have been seen.
    var usual: Double { seconds == 0 ? 60 : seconds }

    /// Whether readings so far apart follow each other: up to four may have been lost.
    func isUnbroken(_ interval: Double) -> Bool {
        interval <= max(5 * usual, 90)
    }
}
