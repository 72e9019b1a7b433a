package import Foundation

/// The repaired cumulative register `C(t)` of a meter: it never falls and is linear between readings, and in gaps follows
/// the meter's own week.
///
/// The consumption of any period is `C(end) - C(start)`, so parts add up to the whole by construction.
package struct RepairedRegister: Sendable {
    /// In order of time.
    package let points: [RepairedPoint]
    package let events: [RegisterEvent]
    /// By which gaps are spread.
    package let profile: HourOfWeekProfile
    private let zone: TimeZone

    /// - Parameters:
    ///   - clock: the household's; its hours are those of the profile. Two repairs agree on the inside of a gap only when they
    ///     have the same clock and profile.
    ///   - corrections: those in force.
    ///   - profile: known from before; nil to learn it from these readings.
    package init(
        _ history: RegisterHistory, limits: RegisterLimits = RegisterLimits(), on clock: LocalClock? = nil,
        corrections: [Correction] = [], profile: HourOfWeekProfile? = nil
    ) {
        var repair = RegisterRepair(limits: limits, corrections: corrections)
        repair.append(contentsOf: history.readings)
        repair.finish()
        let found = repair.takePoints(isFinished: true)
        let zone = clock?.zone ?? .gmt
        let profile = profile ?? Self.profile(of: found, zone: zone)
        self.init(found, repair.takeEvents(isFinished: true), profile, zone)
        for correction in corrections.sorted(by: { $0.decidedAt < $1.decidedAt }) {
            guard case .consumption(let energy) = correction.change else { continue }
            self = setting(energy, over: correction.period)
        }
    }

    private init(_ points: [RepairedPoint], _ events: [RegisterEvent], _ profile: HourOfWeekProfile, _ zone: TimeZone) {
        self.points = points
        self.events = events
        self.profile = profile
        self.zone = zone
    }

    /// Only a gap with energy in it asks for a profile.
    private static func profile(of points: [RepairedPoint], zone: TimeZone) -> HourOfWeekProfile {
        let hasGap = zip(points, points.dropFirst()).contains {
            !$1.isObserved && $1.milliwattHours > $0.milliwattHours
        }
        guard hasGap else { return .even }
        var learner = ProfileLearner(zone: zone)
        learner.learn(points)
        return learner.profile
    }

    /// From the first reading to the last; nil without readings.
    package var span: Range<Date>? {
        guard let first = points.first, let last = points.last else { return nil }
        return first.at..<last.at
    }

    /// What was used between each boundary and the next, in one pass.
    ///
    /// - Parameter boundaries: rising instants. Before the first reading and after the last nothing is known: the energy
    ///   there is zero and the time unobserved.
    package func consumption(between boundaries: [Date]) -> [Consumption] {
        var walk = Walk(self)
        return zip(boundaries, boundaries.dropFirst()).map { walk.consumption(over: $0..<$1) }
    }

    /// The repaired register as readings: repairing them again gives the same register.
    package var history: RegisterHistory {
        RegisterHistory(points.map { Reading(at: $0.at, register: $0.cumulative) })
    }
}

extension RepairedRegister {
    /// Goes once through the points while periods are asked for in order.
    private struct Walk {
        private let register: RepairedRegister
        private let points: [RepairedPoint]
        /// The first point after the start of the next period asked for.
        private var next = 0

        init(_ register: RepairedRegister) {
            self.register = register
            points = register.points
        }

        mutating func consumption(over period: Range<Date>) -> Consumption {
            let (from, to) = (period.lowerBound.microseconds, period.upperBound.microseconds)
            while next < points.count, points[next].microseconds <= from { next += 1 }
            let start = level(at: from)
            var observed: Int64 = 0
            var quality: Quality = []
            while next < points.count {
                tally(from, to, &observed, &quality)
                guard points[next].microseconds <= to else { break }
                next += 1
            }
            let energy = Energy(milliwattHours: level(at: to) - start)
            return Consumption(over: period, energy: energy, observed: Double(observed) / 1e6, quality: quality)
        }

        /// Adds the interval that ends at the next point.
        private func tally(_ from: Int64, _ to: Int64, _ observed: inout Int64, _ quality: inout Quality) {
            guard next > 0 else { return }
            let shared = min(to, points[next].microseconds) - max(from, points[next - 1].microseconds)
            guard shared > 0 else { return }
            if points[next].isObserved { observed += shared }
            quality.formUnion(points[next].quality)
        }

        /// `C(instant)`; `next` must be the first point after it, or the last one passed.
        private func level(at instant: Int64) -> Int64 {
            guard next > 0 else { return points.first?.milliwattHours ?? 0 }
            guard next < points.count else { return points[next - 1].milliwattHours }
            return register.level(at: instant, between: points[next - 1], and: points[next])
        }
    }

    /// The level between two points, in whole milliwatt-hours rounded down: a function of the instant alone, whatever periods
    /// are asked for, so that neighbouring periods share their boundary exactly.
    private func level(at instant: Int64, between earlier: RepairedPoint, and later: RepairedPoint) -> Int64 {
        let energy = later.milliwattHours - earlier.milliwattHours
        guard energy != 0, instant != later.microseconds else { return later.milliwattHours }
        guard later.isObserved else {
            let offset = zone.secondsFromGMT(for: earlier.at)
            return earlier.milliwattHours
                + profile.share(
                    of: energy, upTo: instant, from: earlier.microseconds, to: later.microseconds, offset: offset)
        }
        let elapsed = Int128(instant - earlier.microseconds)
        let length = Int128(later.microseconds - earlier.microseconds)
        return earlier.milliwattHours + Int64(Int128(energy) * elapsed / length)
    }

    /// What was used over a period, without going through all points.
    func energy(over period: Range<Date>) -> Energy {
        Energy(
            milliwattHours: level(at: period.upperBound.microseconds) - level(at: period.lowerBound.microseconds))
    }

    /// What was used over a period; nil unless all of it was watched.
    func measuredEnergy(over period: Range<Date>) -> Energy? {
        let first = firstPoint(after: period.lowerBound.microseconds)
        guard first > 0 else { return nil }
        let end = period.upperBound.microseconds
        let last = points[first...].firstIndex { $0.microseconds >= end }
        guard let last, points[first...last].allSatisfy(\.isObserved) else { return nil }
        return energy(over: period)
    }

    /// Found by halving.
    private func firstPoint(after instant: Int64) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].microseconds <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// `C(instant)`.
    private func level(at instant: Int64) -> Int64 {
        let low = firstPoint(after: instant)
        guard low > 0 else { return points.first?.milliwattHours ?? 0 }
        guard low < points.count else { return points[points.count - 1].milliwattHours }
        return level(at: instant, between: points[low - 1], and: points[low])
    }
}

extension RepairedRegister {
    /// The same register with another consumption over a period; what comes after keeps its own.
    private func setting(_ energy: Energy, over period: Range<Date>) -> RepairedRegister {
        let (start, end) = (period.lowerBound.microseconds, period.upperBound.microseconds)
        guard start < end else { return self }
        let (before, after) = (level(at: start), level(at: end))
        let shift = before + energy.milliwattHours - after
        let head = points.prefix { $0.microseconds < start }
        let tail = points.drop { $0.microseconds <= end }
        let isAfterHead = !head.isEmpty
        let quality: Quality = [.estimated, .corrected]
        var made = Array(head)
        made.append(cut(at: start, before, isKnown: isAfterHead))
        made.append(RepairedPoint(at: end, before + energy.milliwattHours, quality: quality, isObserved: false))
        made += tail.map { point in
            RepairedPoint(
                at: point.microseconds, point.milliwattHours + shift, quality: point.quality,
                isObserved: point.isObserved)
        }
        let noted = RegisterEvent(
            kind: .correction, period: period, before: Energy(milliwattHours: before),
            after: Energy(milliwattHours: before + energy.milliwattHours), credited: energy, rule: .person)
        return RepairedRegister(
            made, (events + [noted]).sorted { $0.period.lowerBound < $1.period.lowerBound }, profile, zone)
    }

    /// A point on an interval keeps what was known of the interval.
    private func cut(at instant: Int64, _ level: Int64, isKnown: Bool) -> RepairedPoint {
        let later = points.first { $0.microseconds >= instant }
        return RepairedPoint(
            at: instant, level, quality: isKnown ? later?.quality ?? .measured : .measured,
            isObserved: isKnown && later?.isObserved ?? false)
    }
}
