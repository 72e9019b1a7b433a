import Foundation

/// What people set the consumption of periods to, applied to the points of a repaired register as they come.
///
/// The register moves by the figure that was set; what comes after keeps its own movement.
struct ConsumptionRulings {
    private struct Setting {
        let start: Int64
        let end: Int64
        let energy: Int64
        let period: Range<Date>
    }

    /// In order of time, without overlap: of two that meet, the one decided later counts.
    private var waiting: [Setting]
    private var open: Setting?
    private var previous: RepairedPoint?
    /// What the settings so far have moved the register by.
    private var shift: Int64 = 0
    private var levelAtStart: Int64 = 0
    private(set) var events: [RegisterEvent] = []

    init(_ corrections: [Correction]) {
        var settings: [Setting] = []
        for correction in corrections.sorted(by: { $0.decidedAt > $1.decidedAt }) {
            guard case .consumption(let energy) = correction.change else { continue }
            let setting = Setting(
                start: correction.period.lowerBound.microseconds, end: correction.period.upperBound.microseconds,
                energy: energy.milliwattHours, period: correction.period)
            guard setting.start < setting.end,
                settings.allSatisfy({ $0.end <= setting.start || setting.end <= $0.start })
            else { continue }
            settings.append(setting)
        }
        waiting = settings.sorted { $0.start < $1.start }
    }

    /// Whether nothing was set or will be: then the register's points stand for themselves.
    var isIdle: Bool { open == nil && waiting.isEmpty && shift == 0 }

    /// The points that stand for `point`, the next of the register.
    mutating func apply(to point: RepairedPoint, _ gapProfile: IntervalWalk.GapProfile) -> [RepairedPoint] {
        var made: [RepairedPoint] = []
        while let setting = open ?? waiting.first {
            if open == nil {
                guard setting.start < point.microseconds else { break }
                made += begin(setting, before: point, gapProfile)
            }
            guard setting.end <= point.microseconds else {
                previous = point
                return made
            }
            made.append(end(setting, before: point, gapProfile))
        }
        previous = point
        if made.last?.microseconds != point.microseconds { made.append(shifted(point)) }
        return made
    }

    /// The points of periods that reach beyond the last reading, or begin after it.
    mutating func finish(_ gapProfile: IntervalWalk.GapProfile) -> [RepairedPoint] {
        guard let last = previous else { return [] }
        var made: [RepairedPoint] = []
        while let setting = open ?? waiting.first {
            if open == nil { made += begin(setting, before: last, gapProfile) }
            made.append(end(setting, before: last, gapProfile))
        }
        return made
    }

    private mutating func begin(
        _ setting: Setting, before point: RepairedPoint, _ gapProfile: IntervalWalk.GapProfile
    ) -> [RepairedPoint] {
        if waiting.first?.start == setting.start { waiting.removeFirst() }
        open = setting
        levelAtStart = level(at: setting.start, before: point, gapProfile)
        if let previous, previous.microseconds >= setting.start { return [] }
        // Outside of all readings there was nothing to watch.
        let isWithin = previous.map { $0.microseconds < point.microseconds } ?? false
        return [
            RepairedPoint(
                at: setting.start, levelAtStart + shift, quality: isWithin ? point.quality : .measured,
                isObserved: isWithin && point.isObserved)
        ]
    }

    private mutating func end(
        _ setting: Setting, before point: RepairedPoint, _ gapProfile: IntervalWalk.GapProfile
    ) -> RepairedPoint {
        let measured = level(at: min(setting.end, point.microseconds), before: point, gapProfile) - levelAtStart
        let level = levelAtStart + shift + setting.energy
        shift += setting.energy - measured
        open = nil
        events.append(
            RegisterEvent(
                kind: .correction, period: setting.period, before: Energy(milliwattHours: level - setting.energy),
                after: Energy(milliwattHours: level), credited: Energy(milliwattHours: setting.energy), rule: .person))
        return RepairedPoint(at: setting.end, level, quality: [.estimated, .corrected], isObserved: false)
    }

    private func level(
        at instant: Int64, before point: RepairedPoint, _ gapProfile: IntervalWalk.GapProfile
    ) -> Int64 {
        guard let previous, instant < point.microseconds else { return point.milliwattHours }
        guard previous.microseconds < instant else { return previous.milliwattHours }
        return IntervalWalk.level(at: instant, between: previous, and: point, gapProfile)
    }

    private func shifted(_ point: RepairedPoint) -> RepairedPoint {
        RepairedPoint(
            at: point.microseconds, point.milliwattHours + shift, quality: point.quality, isObserved: point.isObserved)
    }
}
