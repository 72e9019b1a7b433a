package import Foundation
import Metering

/// A relay that is switched at one time of day, on some days of the week, as the clock on the household's wall shows.
package struct SwitchingSchedule: Hashable, Sendable {
    package let id: Int64
    package let draft: SwitchingScheduleDraft
    package let zone: TimeZone
    /// The last instant that it was carried out for, or passed over; at first when it was made.
    package let doneUntil: Date

    package init(id: Int64, _ draft: SwitchingScheduleDraft, zone: TimeZone, doneUntil: Date) {
        self.id = id
        self.draft = draft
        self.zone = zone
        self.doneUntil = doneUntil
    }

    /// The instants at which it switches after `start` and up to `end`, in order.
    ///
    /// A time over which the clocks are put forward comes at the first instant after; one that comes twice counts once,
    /// the first time.
    package func due(after start: Date, through end: Date) -> [Date] {
        guard start < end else { return [] }
        let clock = LocalClock(zone: zone)
        var wall = WallTime(zone: zone)
        // A day more on both sides: a time that was skipped may come on the day after.
        let first = clock.date(at: start).adding(days: -1)
        let last = clock.date(at: end)
        return (0...first.days(until: last)).map(first.adding(days:)).filter(draft.weekdays.contains)
            .map { wall.meaning(of: $0, secondOfDay: draft.minuteOfDay * 60).first }
            .filter { $0 > start && $0 <= end }
    }
}

extension WallTime.Meaning {
    /// When a clock first shows this time, or one beyond it.
    fileprivate var first: Date {
        switch self {
        case .instant(let instant): instant
        case .twice(let earlier, _): earlier
        case .skipped(let hourBefore): hourBefore.upperBound
        }
    }
}
