import Foundation
import Metering
import Simulation
import TestSupport
import Testing

/// What must hold for every history, whatever is wrong with it.
struct RepairLawTests {
    private static let histories = Trap.allCases.flatMap { trap in
        (1...3).map { TrapZoo.history(trap, seed: UInt64($0), size: 1200) }
    }

    private func repaired(_ history: TrappedHistory, _ readings: [Reading]? = nil) -> RepairedRegister {
        RepairedRegister(RegisterHistory(readings ?? history.readings), limits: history.limits, on: history.clock)
    }

    @Test func theHoursAddUpToTheDaysTheDaysToTheMonthsAndTheMonthsToTheMovement() throws {
        for history in Self.histories {
            let register = repaired(history)
            let span = try #require(register.span)
            let first = history.clock.date(at: span.lowerBound).inMonth
            let end = history.clock.date(at: span.upperBound).inMonth.adding(months: 1)
            let (days, _) = RegisterHistory(history.readings).days(
                from: first.firstDay, to: end.firstDay, on: history.clock, limits: history.limits)
            let months = (first.index..<end.index).map { first.adding(months: $0 - first.index) }
            let periods = months.map(history.clock.period(of:))
            let byMonth = register.consumption(between: periods.map(\.lowerBound) + periods.suffix(1).map(\.upperBound))
            for (month, whole) in zip(months, byMonth) {
                #expect(ConsumptionSeries(days).total(of: month)?.energy == whole.energy)
            }
            #expect(byMonth.map(\.energy).sum() == register.total)
            #expect(days.flatMap(\.hours).map(\.energy).sum() == register.total)
            #expect(days.flatMap(\.hours).allSatisfy { $0.energy >= .zero })
        }
    }

    @Test func theRegisterNeverFalls() {
        for history in Self.histories {
            let points = repaired(history).points
            #expect(zip(points, points.dropFirst()).allSatisfy { $0.at < $1.at && $0.cumulative <= $1.cumulative })
        }
    }

    @Test func repairingTwiceChangesNothing() {
        for history in Self.histories {
            let once = repaired(history)
            let twice = RepairedRegister(once.history, limits: history.limits, on: history.clock, profile: once.profile)
            #expect(
                once.consumption(between: history.boundaries).map(\.energy)
                    == twice.consumption(between: history.boundaries).map(\.energy), "\(history.trap)")
            #expect(twice.events.allSatisfy { $0.kind == .gap }, "\(history.trap)")
        }
    }

    @Test func theOrderOfArrivalDoesNotMatter() {
        for history in Self.histories {
            var random = SeededGenerator(seed: 11)
            let mixed = repaired(history, history.readings.shuffled(using: &random))
            #expect(mixed.points == repaired(history).points, "\(history.trap)")
        }
    }
}
