import Foundation

/// The household's days and the device's age at a reading.
struct LiveClock: Codable, Sendable {
    private var zone: TimeZone
    private var first: Double?
    private var firstDay = 0
    /// Zones change on whole quarters of an hour, so that one look at the zone serves for that long.
    private var quarter = -1.0
    private var offset = 0.0

    init(zone: TimeZone) {
        self.zone = zone
    }

    /// Counts the days of another zone from now on.
    mutating func move(to zone: TimeZone) {
        self.zone = zone
        quarter = -1
    }

    /// Days of the household since its first reading, that one's being 1, and the seconds since then.
    mutating func age(at instant: Double) -> (day: Int, seconds: Double) {
        let now = (instant / 900).rounded(.down)
        if now != quarter {
            quarter = now
            offset = Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: instant)))
        }
        let day = Int(((instant + offset) / 86_400).rounded(.down))
        guard let first else {
            first = instant
            firstDay = day
            return (1, 0)
        }
        return (day - firstDay + 1, instant - first)
    }
}
