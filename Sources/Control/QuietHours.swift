package import Foundation
import Metering

/// The hours in which a household is not to be disturbed, on its own clock.
package struct QuietHours: Hashable, Sendable {
    /// Minutes from midnight; the same as the end for none.
    package let start: Int
    /// Minutes from midnight; before the start when the night lies between.
    package let end: Int
    package let zone: TimeZone

    /// - Parameters:
    ///   - start: minutes from midnight, ten in the evening by default.
    ///   - end: minutes from midnight, seven in the morning by default.
    package init(from start: Int = 22 * 60, to end: Int = 7 * 60, zone: TimeZone) {
        self.start = start
        self.end = end
        self.zone = zone
    }

    package func contain(_ instant: Date) -> Bool {
        let minute = LocalClock(zone: zone).minute(at: instant)
        return start <= end ? start <= minute && minute < end : start <= minute || minute < end
    }

    /// Whether all that lies between two instants is one quiet time.
    func contain(from first: Date, through last: Date) -> Bool {
        contain(first) && contain(last) && last.timeIntervalSince(first) < Double(length) * 60 + Self.shift
    }

    private var length: Int { (end - start + 1440) % 1440 }
    /// Seconds by which a night is longer when the clocks are put back.
    private static let shift = 3600.0
}
