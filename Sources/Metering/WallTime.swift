package import Foundation

/// Turns wall-clock times without an offset into instants, fast enough for millions of lines.
package struct WallTime {
    /// What a time on the wall means.
    package enum Meaning: Equatable, Sendable {
        case instant(Date)
        /// The clocks were put back: it came twice.
        case twice(earlier: Date, later: Date)
        /// The clocks were put forward over it: it never came. The hour before that stands in for it.
        case skipped(hourBefore: Range<Date>)
    }

    private let zone: TimeZone
    private var before: OffsetCache
    private var after: OffsetCache

    package init(zone: TimeZone) {
        self.zone = zone
        before = OffsetCache(zone: zone)
        after = OffsetCache(zone: zone)
    }

    /// The meaning of `secondOfDay` (0 to 86 399) on `day`.
    package mutating func meaning(of day: LocalDate, secondOfDay: Int) -> Meaning {
        let local = day.daysSince1970 * 86_400 + secondOfDay
        let earlierOffset = before.offset(at: local - 86_400)
        let laterOffset = after.offset(at: local + 86_400)
        let first = local - earlierOffset
        guard earlierOffset != laterOffset else { return .instant(Date(seconds: first)) }
        let second = local - laterOffset
        switch (offset(at: first) == earlierOffset, offset(at: second) == laterOffset) {
        case (true, true): return .twice(earlier: Date(seconds: first), later: Date(seconds: second))
        case (true, false): return .instant(Date(seconds: first))
        case (false, true): return .instant(Date(seconds: second))
        case (false, false):
            let change = change(after: second, until: first, to: laterOffset)
            return .skipped(hourBefore: Date(seconds: change - laterOffset + earlierOffset)..<Date(seconds: change))
        }
    }

    /// The first second with `offset`, which is in force at `end` and not yet at `start`.
    private func change(after start: Int, until end: Int, to offset: Int) -> Int {
        var (before, after) = (start, end)
        while after - before > 1 {
            let middle = (before + after) / 2
            if self.offset(at: middle) == offset { after = middle } else { before = middle }
        }
        return after
    }

    private func offset(at seconds: Int) -> Int {
        zone.secondsFromGMT(for: Date(seconds: seconds))
    }
}

/// Remembers a zone's offset for one quarter of an hour: zones change on whole quarters.
private struct OffsetCache {
    let zone: TimeZone
    var quarter: Int?
    var offset = 0

    init(zone: TimeZone) {
        self.zone = zone
    }

    mutating func offset(at seconds: Int) -> Int {
        let wanted = seconds / 900
        if quarter != wanted {
            quarter = wanted
            offset = zone.secondsFromGMT(for: Date(seconds: wanted * 900))
        }
        return offset
    }
}

extension Date {
    fileprivate init(seconds: Int) {
        self.init(timeIntervalSince1970: Double(seconds))
    }
}
