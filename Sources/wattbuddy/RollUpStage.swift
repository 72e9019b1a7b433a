import Foundation
import Metering
import Store

/// Readings to consumption by day and hour, for every meter of a household.
struct RollUpStage: Stage {
    let name = "roll-up"
    /// Begin here, whatever is new; nil to go on from where the last one ended.
    let from: LocalDate?
    /// Days whose readings are held at once.
    private static let window = 62

    func run(for household: Household, asOf: Date, in stores: Stores) async throws {
        for meter in try await stores.households.meters(of: household) {
            try await rollUp(meter, of: household, asOf: asOf, in: stores)
        }
    }

    private func rollUp(_ meter: Meter, of household: Household, asOf: Date, in stores: Stores) async throws {
        let clock = household.clock
        guard let span = try await stores.readings.span(of: meter),
            let last = try await stores.readings.last(of: meter, knownBy: asOf)
        else { return }
        var first = try await firstDay(of: meter, span, asOf: asOf, on: clock, in: stores)
        let end = clock.date(at: last).adding(days: 1)
        while first < end {
            let next = min(first.adding(days: Self.window), end)
            let period = clock.period(from: first, to: next)
            let history = try await stores.readings.history(of: meter, in: period, knownBy: asOf)
            let (days, events) = history.days(from: first, to: next, on: clock, limits: meter.limits)
            try checkLaw(days, of: history, over: period, meter, on: clock)
            try await stores.consumption.save(
                days, events, of: meter, over: period, knownBy: min(period.upperBound, asOf), seen: span)
            first = next
        }
    }

    /// The day of the last reading before the first new one, and one more for verdicts that looked ahead across midnight.
    private func firstDay(
        of meter: Meter, _ span: ReadingSpan, asOf: Date, on clock: LocalClock, in stores: Stores
    ) async throws -> LocalDate {
        let earliest = clock.date(at: span.first)
        if let from { return max(from, earliest) }
        guard let rolledUpTo = span.rolledUpTo else { return earliest }
        let changed = min(span.changedFrom ?? rolledUpTo, rolledUpTo, asOf)
        let before = try await stores.readings.last(of: meter, knownBy: changed.addingTimeInterval(-0.001))
        return max(earliest, clock.date(at: before ?? span.first).adding(days: -1))
    }

    /// The law of METERING.md: the hours together are the movement of the repaired register.
    private func checkLaw(
        _ days: [DayConsumption], of history: RegisterHistory, over period: Range<Date>, _ meter: Meter,
        on clock: LocalClock
    ) throws {
        let parts = days.flatMap(\.hours).map(\.energy).sum()
        let whole = RepairedRegister(history, limits: meter.limits, on: clock)
            .consumption(between: [period.lowerBound, period.upperBound]).map(\.energy).sum()
        guard parts == whole else {
            throw JobError(
                "meter \(meter.name): the hours from \(period.lowerBound) add up to \(parts.milliwattHours) mWh, the register "
                    + "moved by \(whole.milliwattHours) mWh")
        }
    }
}

/// Why a household's stage cannot be done.
struct JobError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
