package import Foundation

/// Turns the readings of a meter into the consumption of its local days, hour by hour, in one pass.
///
/// Readings are appended in order of time; days come out as soon as the repaired register has passed them. What is held grows
/// neither with the readings of a day nor with the days.
package struct DayRoll: Sendable {
    /// By what the energy of a gap is spread over its hours.
    package enum Spread: Sendable {
        /// By the meter's own last weeks; the days before the first one belong to them.
        case trailing(TrailingWeek)
        /// By one profile for all.
        case fixed(HourOfWeekProfile)
    }

    private let clock: LocalClock
    private var spread: Spread
    private var repair: RegisterRepair
    private var settings: ConsumptionRulings
    private var walk: IntervalWalk
    /// The day that the walk is in.
    private var day: LocalDate
    private var boundaries: [Int64]
    private var hours: [Consumption] = []
    /// What the raw readings of the days have in common, with the ends of the days; the last one takes readings now.
    private var tallies: [(end: Date, tally: ReadingTally)]
    private var appended = 0
    private var days: [DayConsumption] = []
    /// The sum of all hours so far.
    package private(set) var energy = Energy.zero
    /// What the repaired register showed when the first day began; nil before it was passed.
    private var levelAtStart: Int64?
    /// The times without readings, and those in which the device started anew, that end on the days wanted.
    package private(set) var silences: [Range<Date>] = []
    private var previous: Sample?
    private let gapAfter: Double
    /// Whether a gap reaches from one hour into another; only then does it matter by what it is spread.
    package private(set) var hasSpread = false
    /// What the register did, in order of its end; complete after ``finish(through:)``.
    package private(set) var events: [RegisterEvent] = []

    /// Readings between two looks at what the repair has decided.
    private static let stride = 256

    /// - Parameters:
    ///   - first: the first day that is wanted. Readings before it are of use: they show what the register stood at.
    ///   - corrections: those in force.
    package init(
        from first: LocalDate, on clock: LocalClock, limits: RegisterLimits, corrections: [Correction] = [],
        spread: Spread
    ) {
        self.clock = clock
        self.spread = spread
        gapAfter = limits.gapAfter
        repair = RegisterRepair(limits: limits, corrections: corrections)
        settings = ConsumptionRulings(corrections)
        day = first
        let period = clock.period(of: first)
        walk = IntervalWalk(from: period.lowerBound)
        boundaries = clock.hourBoundaries(of: period).dropFirst().map(\.microseconds)
        tallies = [(end: period.upperBound, tally: ReadingTally())]
        start = period.lowerBound
    }

    private let start: Date

    /// Takes the next reading.
    ///
    /// - Precondition: it is not earlier than the one before.
    package mutating func append(_ reading: Reading) {
        repair.append(reading)
        if reading.at >= start { tally(reading) }
        listen(to: Sample(reading))
        appended += 1
        if appended % Self.stride == 0 { take(repair.takePoints()) }
    }

    package mutating func append(contentsOf readings: some Sequence<Reading>) {
        for reading in readings { append(reading) }
    }

    /// Decides what is still open, and ends the days up to and with `last`.
    ///
    /// - Parameter last: the day of the last reading, or a later one.
    package mutating func finish(through last: LocalDate) {
        repair.finish()
        take(repair.takePoints(isFinished: true))
        if !settings.isIdle { for set in settings.finish(gapProfile) { walk(to: set) } }
        if levelAtStart == nil { walk.begin() }
        while day <= last {
            for boundary in boundaries { add(walk.consumption(until: boundary)) }
            closeDay()
        }
        events = (repair.takeEvents(isFinished: true) + settings.events).sorted {
            ($0.period.lowerBound, $0.kind.rawValue) < ($1.period.lowerBound, $1.kind.rawValue)
        }
    }

    /// What the repaired register moved by from the start of the first day to the end of the last: by the law the sum of all hours.
    package var movement: Energy {
        Energy(milliwattHours: walk.level - (levelAtStart ?? walk.level))
    }

    /// The days that are over, each once.
    package mutating func takeDays() -> [DayConsumption] {
        defer { days = [] }
        return days
    }

    @inline(__always)
    private mutating func tally(_ reading: Reading) {
        while reading.at >= tallies[tallies.count - 1].end {
            let next = clock.date(at: tallies[tallies.count - 1].end)
            tallies.append((end: clock.start(of: next.adding(days: 1)), tally: ReadingTally()))
        }
        tallies[tallies.count - 1].tally.add(reading)
    }

    @inline(__always)
    private mutating func listen(to sample: Sample) {
        if let previous, sample.at >= start.microseconds, sample.at > previous.at,
            Double(sample.at - previous.at) / 1e6 > gapAfter || sample.hasRestarted(since: previous) == true
        {
            silences.append(Date(microseconds: previous.at)..<Date(microseconds: sample.at))
        }
        previous = sample
    }

    private mutating func take(_ points: [RepairedPoint]) {
        guard !settings.isIdle else {
            for point in points { walk(to: point) }
            return
        }
        for point in points {
            for set in settings.apply(to: point, gapProfile) { walk(to: set) }
        }
    }

    @inline(__always)
    private mutating func walk(to point: RepairedPoint) {
        if levelAtStart == nil, start.microseconds <= point.microseconds { begin(before: point) }
        while let boundary = boundaries.first, boundary <= point.microseconds { pass(boundary, before: point) }
        walk.move(to: point)
    }

    private mutating func begin(before point: RepairedPoint) {
        walk.begin(before: point, gapProfile)
        levelAtStart = walk.level
    }

    private func gapProfile(at start: Date) -> (profile: HourOfWeekProfile, offset: Int) {
        let profile =
            switch spread {
            case .trailing(let week): week.profile(at: start)
            case .fixed(let profile): profile
            }
        return (profile, clock.zone.secondsFromGMT(for: start))
    }

    private mutating func pass(_ boundary: Int64, before point: RepairedPoint) {
        var walk = walk
        var isSpread = false
        let hour = walk.consumption(until: boundary, before: point) { start in
            isSpread = true
            return gapProfile(at: start)
        }
        self.walk = walk
        hasSpread = hasSpread || isSpread
        add(hour)
        boundaries.removeFirst()
        if boundaries.isEmpty { closeDay() }
    }

    private mutating func add(_ hour: Consumption) {
        hours.append(hour)
        energy += hour.energy
    }

    private mutating func closeDay() {
        let period = clock.period(of: day)
        let tally = tallies.first { $0.end == period.upperBound }?.tally ?? ReadingTally()
        // The last one stays: it tells where the next begins.
        let past = tallies.dropLast().prefix { $0.end <= period.upperBound }.count
        tallies.removeFirst(past)
        let done = DayConsumption(
            day: day, hours: hours, rawMaxMin: tally.rawMaxMin, readingCount: tally.count, peakPower: tally.peakPower)
        days.append(done)
        if case .trailing(var week) = spread {
            week.add(done)
            spread = .trailing(week)
        }
        hours = []
        day = day.adding(days: 1)
        boundaries = clock.hourBoundaries(of: clock.period(of: day)).dropFirst().map(\.microseconds)
    }
}
