package import Foundation
package import Metering

/// Looks at a meter's intervals night after night, for what is worth a person's time.
///
/// Checks come before statistics; a night uses nothing later than itself. Holds six weeks of daily figures, however long the
/// history is, and can be laid down after any night and taken up again.
package struct NightWatch: Sendable {
    private let clock: LocalClock
    private let feedback: [FindingFeedback]
    private var memory = NightMemory()

    /// Raised whenever the rules or what they remember change: what another form remembers is not gone on from.
    package static let form = 1
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
        let findings = memory.today.map { $0.date < date } == true ? closeDay() : []
        if let lastEnd = memory.lastEnd, start.timeIntervalSince(lastEnd) >= Self.leastGap {
            let hours = start.timeIntervalSince(lastEnd) / 3600
            memory.lastGap = start
            memory.found.append(
                NightFinding(kind: .gap, period: lastEnd..<start, observed: hours, usual: 0, score: Self.gapScore))
        }
        memory.lastEnd = interval.period.upperBound
        memory.book.take(interval)
        let checks = [
            memory.repeats.take(interval, usual: memory.usual), memory.register.take(interval),
            memory.supply.take(interval),
        ]
        memory.found += checks.compactMap { $0 }
        if memory.today == nil { memory.today = WatchedDay(date) }
        memory.today?.add(interval)
        return findings
    }

    /// Takes a finding that was made elsewhere, to be weighed against those of the same night.
    package mutating func take(_ finding: NightFinding) {
        memory.found.append(finding)
    }

    /// Weighs findings that are told at once, whatever the night will find.
    ///
    /// - Returns: those that are among the month's few.
    package mutating func tell(_ findings: [NightFinding]) -> [NightFinding] {
        memory.months.choose(findings, feedback, on: clock)
    }

    /// Ends the day of the last interval, when it is known to be over.
    package mutating func closeDay() -> [NightFinding] {
        guard let day = memory.today else {
            memory.yesterday = nil
            return told(nil)
        }
        let span = clock.period(of: day.date)
        if let fault = memory.repeats.night(usual: memory.usual) { memory.found.append(fault) }
        let isFaulty = memory.found.contains {
            ($0.kind == .dead || $0.kind == .stuck) && $0.period.overlaps(span)
        }
        let seconds = span.upperBound.timeIntervalSince(span.lowerBound)
        let figures = isFaulty ? nil : StretchFigures(day.intervals, seconds: seconds)
        if !isFaulty { memory.found += judge(day, figures, over: span) }
        let findings = told(figures)
        if let figures { memory.book.take(day, figures, on: clock) }
        memory.yesterday = day
        memory.today = nil
        return findings
    }

    /// The best of what was found, each with what it stands on.
    private mutating func told(_ figures: StretchFigures?) -> [NightFinding] {
        let chosen = memory.months.choose(memory.found, feedback, on: clock)
        memory.found = []
        return chosen.map { memory.book.witnessed($0, today: figures, on: clock) }
    }

    private mutating func judge(
        _ day: WatchedDay, _ figures: StretchFigures?, over span: Range<Date>
    ) -> [NightFinding] {
        let recent = (memory.yesterday?.intervals ?? []) + day.intervals
        let through = memory.leftOn.night(recent, end: span.upperBound)
        var (high, base): (NightFinding?, NightFinding?)
        if let figures {
            high = memory.days.take(day.date, figures.kilowattHours, over: span)
            base = memory.nightBase.take(figures.lowTenth, over: span)
            let seconds = span.upperBound.timeIntervalSince(span.lowerBound)
            memory.means.add(figures.kilowattHours / seconds * 3.6e6)
            memory.usual = RobustRange(memory.means.values)?.median
            if let lastGap = memory.lastGap, span.lowerBound < lastGap.addingTimeInterval(Self.doubtAfterGap) {
                high = nil
            }
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

extension NightWatch {
    /// What it must remember to go on with the next night.
    package func laidDown() throws -> Data {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return try encoder.encode(memory)
    }

    /// Goes on where another was laid down.
    ///
    /// - Throws: what the decoder throws for bytes that no watch of this ``form`` laid down.
    package init(_ clock: LocalClock, feedback: [FindingFeedback], takingUp bytes: Data) throws {
        self.init(clock, feedback: feedback)
        memory = try PropertyListDecoder().decode(NightMemory.self, from: bytes)
    }
}

extension Energy {
    fileprivate var half: Energy { Energy(milliwattHours: milliwattHours / 2) }
}
