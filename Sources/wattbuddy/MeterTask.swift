import Foundation
import Metering
import Store

/// What is to be rolled up for one meter.
struct MeterTask: Sendable {
    let household: Household
    let meter: Meter
    let span: ReadingSpan
    /// Nothing later is known.
    let last: Date
    let first: LocalDate
    let corrections: [Correction]
    /// The days before the first one, for gaps to be spread by; empty until a gap asks for them.
    var before: [DayConsumption] = []
    /// What was stored from the first day on, where readings or corrections came late.
    var stored: [LocalDate: DayConsumption] = [:]

    var clock: LocalClock { household.clock }

    /// The days until here were over when they were rolled up last; what changes them now came late. Nil when nothing did.
    var lateUntil: Date? {
        guard let changed = span.changedFrom, let rolledUpTo = span.rolledUpTo, changed < rolledUpTo else { return nil }
        return rolledUpTo
    }

    /// From here on readings are read: some hours before the first day, so that the repair knows the register it judges.
    var readFrom: Date {
        clock.start(of: first).addingTimeInterval(-max(Self.warmUp, 2 * meter.limits.settlingTime))
    }

    private static let warmUp = 3.0 * 3600

    func roll() -> DayRoll {
        DayRoll(
            from: first, on: clock, limits: meter.limits,
            corrections: corrections.filter { $0.period.upperBound > readFrom },
            spread: .trailing(TrailingWeek(before, on: clock)))
    }

    /// The finished roll as it is to be stored.
    ///
    /// - Throws: ``JobError`` when the law of METERING.md does not hold: the hours together are the movement of the register.
    func result(of roll: inout DayRoll) throws -> MeterRoll {
        roll.finish(through: clock.date(at: last))
        guard roll.energy == roll.movement else {
            throw JobError(
                "meter \(meter.name): the hours from \(first) on add up to \(roll.energy.milliwattHours) mWh, the register "
                    + "moved by \(roll.movement.milliwattHours) mWh")
        }
        let days = roll.takeDays().map { day in
            lateUntil.map { restated(day, over: $0) } ?? day
        }
        return MeterRoll(
            meter: meter.id, first: first, start: clock.start(of: first), days: days, events: roll.events,
            changes: span.changes)
    }

    /// A day that was over, and says something else now, says so.
    private func restated(_ day: DayConsumption, over end: Date) -> DayConsumption {
        guard let old = stored[day.day], old.whole.period.upperBound <= end else { return day }
        return day.restated(from: old)
    }
}
