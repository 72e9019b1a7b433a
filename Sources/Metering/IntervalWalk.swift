import Foundation

/// Goes once along the points of a repaired register, and gives the consumption between one boundary and the next as soon as
/// the register has passed it. What it holds does not grow with the number of points.
struct IntervalWalk {
    /// Of the interval after the last point: by which profile a gap that begins there is spread, and the offset of local time.
    typealias GapProfile = (_ start: Date) -> (profile: HourOfWeekProfile, offset: Int)

    private var previous: RepairedPoint?
    /// The start of the period that is open, in microseconds.
    private var start: Int64
    private var levelAtStart: Int64 = 0
    private var observed: Int64 = 0
    private var quality: Quality = []

    /// - Parameter start: of the first period; it is opened by ``begin(before:_:)`` when the register reaches it.
    init(from start: Date) {
        self.start = start.microseconds
    }

    /// Opens the first period, whose start lies at or before `point`, the next of the register.
    mutating func begin(before point: RepairedPoint, _ gapProfile: GapProfile) {
        levelAtStart =
            previous.map { Self.level(at: start, between: $0, and: point, gapProfile) } ?? point.milliwattHours
    }

    /// Opens the first period after the last point.
    mutating func begin() {
        levelAtStart = previous?.milliwattHours ?? 0
    }

    /// The level at the boundary that was passed last.
    var level: Int64 { levelAtStart }

    /// Ends the open period at `boundary`, which lies at or before `point`, the next of the register.
    mutating func consumption(
        until boundary: Int64, before point: RepairedPoint, _ gapProfile: GapProfile
    ) -> Consumption {
        guard let previous else { return close(at: boundary, level: point.milliwattHours) }
        tally(previous.microseconds, boundary, point)
        return close(at: boundary, level: Self.level(at: boundary, between: previous, and: point, gapProfile))
    }

    /// Goes on to the next point; every boundary before it was passed.
    @inline(__always)
    mutating func move(to point: RepairedPoint) {
        if let previous { tally(previous.microseconds, point.microseconds, point) }
        previous = point
    }

    /// Ends the open period at `boundary` after the last point: nothing more is known.
    mutating func consumption(until boundary: Int64) -> Consumption {
        close(at: boundary, level: previous?.milliwattHours ?? 0)
    }

    /// Adds the part of the interval before `point` that lies in the open period.
    @inline(__always)
    private mutating func tally(_ from: Int64, _ to: Int64, _ point: RepairedPoint) {
        let shared = to - max(from, start)
        guard shared > 0 else { return }
        if point.isObserved { observed += shared }
        quality.formUnion(point.quality)
    }

    private mutating func close(at boundary: Int64, level: Int64) -> Consumption {
        defer {
            start = boundary
            levelAtStart = level
            observed = 0
            quality = []
        }
        // Before the first point nothing was used that anybody knows of.
        let energy = previous == nil ? 0 : level - levelAtStart
        return Consumption(
            over: Date(microseconds: start)..<Date(microseconds: boundary), energy: Energy(milliwattHours: energy),
            observed: Double(observed) / 1e6, quality: quality)
    }

    /// The level between two points, in whole milliwatt-hours rounded down: a function of the instant alone, whatever periods
    /// are asked for, so that neighbouring periods share their boundary exactly.
    static func level(
        at instant: Int64, between earlier: RepairedPoint, and later: RepairedPoint, _ gapProfile: GapProfile
    ) -> Int64 {
        let energy = later.milliwattHours - earlier.milliwattHours
        guard energy != 0, instant != later.microseconds else { return later.milliwattHours }
        guard later.isObserved else {
            let (profile, offset) = gapProfile(earlier.at)
            return earlier.milliwattHours
                + profile.share(
                    of: energy, upTo: instant, from: earlier.microseconds, to: later.microseconds, offset: offset)
        }
        let elapsed = Int128(instant - earlier.microseconds)
        let length = Int128(later.microseconds - earlier.microseconds)
        return earlier.milliwattHours + Int64(Int128(energy) * elapsed / length)
    }
}
