import Analysis
import Foundation
import Metering
import Store

/// What the nights of a meter found, from its hours, its register's events and the voltage of the last days.
struct NightReview: Sendable {
    private let household: Household
    private let meter: Meter
    private let asOf: Date

    /// Days whose voltage is looked at again: readings are many, and older findings of it are kept.
    private static let voltageDays = 3

    init(_ household: Household, _ meter: Meter, asOf: Date) {
        self.household = household
        self.meter = meter
        self.asOf = asOf
    }

    /// Reviews the days of `series` before `today` that are new or changed, and stores what was found.
    ///
    /// Goes on from where an earlier night laid its memory down, some days ago, if nothing before has changed since: what is
    /// found is the same as by a review of all days.
    ///
    /// - Parameters:
    ///   - jumps: of the bill, as they were told, each on its day; the last may be told today.
    ///   - unreviewed: the first day that was rolled up since the last review.
    func run(
        over series: ConsumptionSeries, before today: LocalDate, telling jumps: [NightFinding],
        unreviewedFrom unreviewed: LocalDate?, in stores: Stores
    ) async throws {
        guard let earliest = series.days.first?.day, earliest < today else { return }
        let feedback = try await stores.findings.feedback(of: meter, at: asOf)
        let mark = try await mark(before: today, feedback, in: stores)
        let first = mark.map { $0.day.adding(days: 1) } ?? earliest
        let watched = max(earliest, today.adding(days: -Self.voltageDays))
        let span = household.clock.period(from: first, to: today)
        var walk = NightWalk(
            watch: try mark.map { try NightWatch(household.clock, feedback: feedback, takingUp: $0.memory) }
                ?? NightWatch(household.clock, feedback: feedback),
            clock: household.clock,
            stalls: try await stores.consumption.events(of: meter, in: span),
            voltages: try await stores.readings.voltages(
                of: meter, in: household.clock.period(from: watched, to: today)),
            jumps: jumps)
        // Before the days whose voltage is known, so that what is laid down is the same as in a review of all days.
        let lag = watched.adding(days: -1)
        var next: NightMark?
        for day in series.days(from: first, to: today) {
            walk.take(day)
            guard day.day == lag else { continue }
            next = NightMark(
                day: lag, basis: basis(feedback, through: lag), memory: try walk.watch.laidDown())
        }
        walk.tell(on: today)
        try await stores.findings.save(
            walk.found, of: meter, from: first, to: today.adding(days: 1), voltageFrom: watched)
        try await stores.findings.noteReview(of: meter, seen: unreviewed, next)
    }

    private func mark(
        before today: LocalDate, _ feedback: [FindingFeedback], in stores: Stores
    ) async throws -> NightMark? {
        guard let mark = try await stores.findings.mark(of: meter), mark.day < today.adding(days: -Self.voltageDays),
            mark.basis == basis(feedback, through: mark.day)
        else { return nil }
        return mark
    }

    /// What a memory stands on besides the readings: the rules, the clock, and what people had said of findings by then.
    private func basis(_ feedback: [FindingFeedback], through day: LocalDate) -> String {
        let end = household.clock.start(of: day.adding(days: 1))
        let words = feedback.filter { $0.at < end }.map { "\($0.kind.rawValue)@\($0.at.timeIntervalSince1970)" }
        return (["\(NightWatch.form)", household.clock.zone.identifier] + words).joined(separator: " ")
    }
}
