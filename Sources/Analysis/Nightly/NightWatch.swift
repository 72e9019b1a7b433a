import Foundation
package import Metering

/// Looks at a meter's intervals night after night, for what is worth a person's time.
///
/// Checks come before statistics; a night uses nothing later than itself. Holds six weeks of daily figures, however long the
/// history is.
package struct NightWatch: Sendable {
    private let clock: LocalClock
    private let feedback: [FindingFeedback]
    private var today: WatchedDay?
    private var yesterday: WatchedDay?
    private var lastEnd: Date?
    private var repeats = RepeatCheck()
    private var register = RegisterCheck()
    private var supply = SupplyCheck()
    private var days = DayCheck()
    private var leftOn = LeftOnCheck()
    private var nightBase = NightBaseCheck()
    /// Mean watts of the last days.
    private var means = Trail<Double>(42)
    /// Their median; nil in the first two weeks.
    private var usual: Double?
    /// What was found since the last night.
    private var found: [NightFinding] = []
    private var months = MonthlyBudget()

    private var lastGap: Date?

    /// Seconds after a gap in which a high day is doubtful: what the register caught up may be in it.
    private static let doubtAfterGap = 86_400.0
    private static let leastGap = 12 * 3600.0
    private static let gapScore = 7.0

    /// - Parameter feedback: what people said of earlier findings; each word counts from its night on.
    package init(_ clock: LocalClock, feedback: [FindingFeedback] = []) {
        self.clock = clock
        self.feedback = feedback
    }

    /// Takes the next interval, in order of time; what was not measured at all is not told.
    ///
    /// - Returns: what the night of the day before has found, if this interval begins another day.
    package mutating func take(_ interval: WatchedInterval) -> [NightFinding] {
        let start = interval.period.lowerBound
        let date = clock.date(at: start)
        let findings = today.map { $0.date < date } == true ? closeDay() : []
        if let lastEnd, start.timeIntervalSince(lastEnd) >= Self.leastGap {
            let hours = start.timeIntervalSince(lastEnd) / 3600
            lastGap = start
            found.append(
                NightFinding(kind: .gap, period: lastEnd..<start, observed: hours, usual: 0, score: Self.gapScore))
        }
        lastEnd = interval.period.upperBound
        let checks = [repeats.take(interval, usual: usual), register.take(interval), supply.take(interval)]
        found += checks.compactMap { $0 }
        if today == nil { today = WatchedDay(date) }
        today?.add(interval)
        return findings
    }

    /// Takes a finding that was made elsewhere, to be weighed against those of the same night.
    package mutating func take(_ finding: NightFinding) {
        found.append(finding)
    }

    /// Ends the day of the last interval, when it is known to be over.
    package mutating func closeDay() -> [NightFinding] {
        defer {
            found = []
            yesterday = today
            today = nil
        }
        guard let day = today else { return months.choose(found, feedback, on: clock) }
        let span = clock.period(of: day.date)
        if let fault = repeats.night(usual: usual) { found.append(fault) }
        let isFaulty = found.contains { ($0.kind == .dead || $0.kind == .stuck) && $0.period.overlaps(span) }
        let statistics = isFaulty ? [] : judge(day, over: span)
        return months.choose(found + statistics, feedback, on: clock)
    }

    private mutating func judge(_ day: WatchedDay, over span: Range<Date>) -> [NightFinding] {
        let seconds = span.upperBound.timeIntervalSince(span.lowerBound)
        let recent = (yesterday?.intervals ?? []) + day.intervals
        let through = leftOn.night(recent, end: span.upperBound)
        var (high, base): (NightFinding?, NightFinding?)
        if let figures = StretchFigures(day.intervals, seconds: seconds) {
            high = days.take(day.date, figures.kilowattHours, over: span)
            base = nightBase.take(figures.lowTenth, over: span)
            means.add(figures.kilowattHours / seconds * 3.6e6)
            usual = RobustRange(means.values)?.median
            if let lastGap, span.lowerBound < lastGap.addingTimeInterval(Self.doubtAfterGap) { high = nil }
        }
        return Self.join(through, high) + [base].compactMap { $0 }
    }

    /// A day that is high because something ran through it is told once.
    private static func join(_ through: NightFinding?, _ high: NightFinding?) -> [NightFinding] {
        guard let through, let high, through.period.overlaps(high.period) else {
            return [through, high].compactMap { $0 }
        }
        return (through.extra ?? .zero) >= (high.extra ?? .zero).half ? [through] : [high]
    }
}

extension Energy {
    fileprivate var half: Energy { Energy(milliwattHours: milliwattHours / 2) }
}
