import Foundation

/// A meter's hour-of-week profile as its last eight weeks show it: what came later does not change how a gap was spread.
package struct TrailingWeek: Sendable {
    /// Days that teach.
    package static let days = 56

    private var days: [DayConsumption] = []
    private let clock: LocalClock

    /// - Parameter days: those before the first that will be added, in order of time.
    package init(_ days: [DayConsumption] = [], on clock: LocalClock) {
        self.clock = clock
        for day in days { add(day) }
    }

    mutating func add(_ day: DayConsumption) {
        days.append(day)
        // Twice as many are held, so that the old ones are let go in one piece.
        if days.count > 2 * Self.days { days.removeFirst(Self.days) }
    }

    /// By the hours that were measured whole in the eight weeks before the local day of `instant`.
    func profile(at instant: Date) -> HourOfWeekProfile {
        let today = clock.date(at: instant)
        let first = today.adding(days: -Self.days)
        var learner = ProfileLearner(zone: clock.zone)
        for day in days where day.day >= first && day.day < today {
            for hour in day.hours where hour.coverage.isComplete && hour.quality.isDisjoint(with: .unsure) {
                learner.learn(hour)
            }
        }
        return learner.profile
    }
}

extension Quality {
    /// What does not show how much a household uses at such an hour.
    fileprivate static let unsure: Quality = [.estimated, .afterReset, .corrected]
}
