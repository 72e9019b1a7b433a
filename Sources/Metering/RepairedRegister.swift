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
        let gapProfile: IntervalWalk.GapProfile = { (profile, zone.secondsFromGMT(for: $0)) }
        var settings = ConsumptionRulings(corrections)
        var points = settings.isIdle ? found : found.flatMap { settings.apply(to: $0, gapProfile) }
        if !settings.isIdle { points += settings.finish(gapProfile) }
        let events = (repair.takeEvents(isFinished: true) + settings.events).sorted {
            $0.period.lowerBound < $1.period.lowerBound
        }
        self.init(points, events, profile, zone)
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
        guard let first = boundaries.first else { return [] }
        let gapProfile = gapProfile
        var walk = IntervalWalk(from: first)
        var waiting = boundaries.dropFirst().map(\.microseconds)[...]
        var hasBegun = false
        var found: [Consumption] = []
        for point in points {
            if !hasBegun, first.microseconds <= point.microseconds {
                walk.begin(before: point, gapProfile)
                hasBegun = true
            }
            while let boundary = waiting.first, boundary <= point.microseconds {
                found.append(walk.consumption(until: boundary, before: point, gapProfile))
                waiting.removeFirst()
            }
            walk.move(to: point)
        }
        if !hasBegun { walk.begin() }
        return found + waiting.map { walk.consumption(until: $0) }
    }

    private var gapProfile: IntervalWalk.GapProfile {
        { [profile, zone] in (profile, zone.secondsFromGMT(for: $0)) }
    }

    /// The repaired register as readings: repairing them again gives the same register.
    package var history: RegisterHistory {
        RegisterHistory(points.map { Reading(at: $0.at, register: $0.cumulative) })
    }
}

extension RepairedRegister {
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
        return IntervalWalk.level(at: instant, between: points[low - 1], and: points[low], gapProfile)
    }
}
