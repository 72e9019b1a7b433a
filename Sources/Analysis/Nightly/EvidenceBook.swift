import Foundation
import Metering

/// Keeps what the evidence of a finding is made of: the last intervals, and what is usual by hour and by day.
struct EvidenceBook: Sendable, Codable {
    private var recent = Trail<WatchedInterval>(120)
    private var habit = HourHabit()
    /// Kilowatt-hours of the last good days.
    private var energies = Trail<Day>(14)
    /// Watts of their nights.
    private var bases = Trail<Day>(21)

    private struct Day: Sendable, Codable {
        let date: LocalDate
        let value: Double
    }

    private static let hour = 3600.0
    /// Steps of a picture that a phone can still show.
    private static let mostSteps = 96

    mutating func take(_ interval: WatchedInterval) {
        recent.add(interval)
    }

    /// Takes a good day, when what was found in its night has been told.
    mutating func take(_ day: WatchedDay, _ figures: StretchFigures, on clock: LocalClock) {
        habit.take(day.intervals, on: clock)
        energies.add(Day(date: day.date, value: figures.kilowattHours))
        bases.add(Day(date: day.date, value: figures.lowTenth))
    }

    /// The finding with what it stands on.
    ///
    /// - Parameter today: figures of the day whose night it is; nil where too little of it was seen.
    func witnessed(_ finding: NightFinding, today: StretchFigures?, on clock: LocalClock) -> NightFinding {
        switch finding.kind {
        case .highDay, .lowDay: days(energies, finding, today?.kilowattHours, on: clock)
        case .nightBase: days(bases, finding, today?.lowTenth, on: clock)
        case .leftOn, .dead, .stuck, .register, .gap, .voltage: course(of: finding, on: clock)
        default: finding
        }
    }

    private func days(
        _ trail: Trail<Day>, _ finding: NightFinding, _ value: Double?, on clock: LocalClock
    ) -> NightFinding {
        let first = clock.date(at: finding.period.lowerBound)
        let last = clock.date(at: finding.period.upperBound.addingTimeInterval(-1))
        let earliest = last.adding(days: -20)
        let known = trail.values.map { (day: $0.date, value: $0.value) }.filter { $0.day >= earliest && $0.day < last }
        let end = value.map { [(day: last, value: $0)] } ?? []
        return finding.standing(
            on: FindingEvidence(days: known + end, usual: finding.usual, marking: first..<last.adding(days: 1)))
    }
}

extension EvidenceBook {
    /// Whole hours around the finding, from some before it to what was known some hours after it.
    private func course(of finding: NightFinding, on clock: LocalClock) -> NightFinding {
        let margin = finding.kind == .voltage ? 3 * Self.hour : 6 * Self.hour
        let known = recent.values.last?.period.upperBound ?? finding.period.upperBound
        let wanted = finding.period.upperBound.addingTimeInterval(margin)
        let from = Self.floor(finding.period.lowerBound.addingTimeInterval(-margin), on: clock)
        let to = max(finding.period.upperBound, min(known, wanted))
        let step = Self.step(for: to.timeIntervalSince(from))
        let count = max(1, Int((to.timeIntervalSince(from) / step).rounded(.up)))
        let steps = (0..<count).map { from.addingTimeInterval(Double($0) * step) }
        let seen = observed(finding.kind, at: steps, step: step)
        let usual = usual(finding, at: steps, on: clock)
        let marked = Self.marked(finding.period, from: from, step: step, count: count)
        let counted =
            finding.kind == .register ? seen.enumerated().map { marked.contains($0.offset) ? 0 : $0.element } : []
        return finding.standing(
            on: FindingEvidence(
                .steps(from: from, seconds: Int(step)), observed: seen, low: usual.map { $0?.lowerBound.toThreePlaces },
                high: usual.map { $0?.upperBound.toThreePlaces }, other: counted, marked: marked))
    }

    /// The full hour by the wall's clock, which need not be one by UTC.
    private static func floor(_ instant: Date, on clock: LocalClock) -> Date {
        let past = Double(clock.minute(at: instant) % 60) * 60
        return Date(timeIntervalSince1970: ((instant.timeIntervalSince1970 - past) / 60).rounded(.down) * 60)
    }

    /// The shortest of 1, 2, 3, 6, 12 hours and whole days that keeps the steps few enough.
    private static func step(for seconds: Double) -> Double {
        let lengths = [1, 2, 3, 6, 12, 24].map { $0 * hour }
        return lengths.first { seconds / $0 <= Double(mostSteps) }
            ?? (seconds / Double(mostSteps) / (24 * hour)).rounded(.up) * 24 * hour
    }

    /// Means over each step, of what was measured in it alone; the flow past a register that stood still is an estimate.
    private func observed(_ kind: NightFinding.Kind, at steps: [Date], step: Double) -> [Double?] {
        var sums = Array(repeating: (sum: 0.0, seconds: 0.0), count: steps.count)
        guard let first = steps.first else { return [] }
        for interval in recent.values {
            let value =
                kind == .voltage
                ? interval.voltage : interval.power ?? (kind == .register ? interval.credited : nil)
            let place = Int((interval.period.lowerBound.timeIntervalSince(first) / step).rounded(.down))
            guard let value, sums.indices.contains(place) else { continue }
            let seconds = interval.period.upperBound.timeIntervalSince(interval.period.lowerBound)
            sums[place].sum += value * seconds
            sums[place].seconds += seconds
        }
        return sums.map { $0.seconds > 0 ? ($0.sum / $0.seconds).toThreePlaces : nil }
    }

    private func usual(_ finding: NightFinding, at steps: [Date], on clock: LocalClock) -> [ClosedRange<Double>?] {
        guard finding.kind != .voltage else { return steps.map { _ in finding.usual...finding.usual } }
        let hours = habit.usual
        return steps.map { hours[clock.hour(at: $0)] }
    }

    private static func marked(_ period: Range<Date>, from: Date, step: Double, count: Int) -> Range<Int> {
        let first = Int((period.lowerBound.timeIntervalSince(from) / step).rounded(.down))
        let end = Int((period.upperBound.timeIntervalSince(from) / step).rounded(.up))
        return min(max(0, first), count - 1)..<min(max(first + 1, end), count)
    }
}
