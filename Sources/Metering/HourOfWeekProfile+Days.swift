import Foundation

extension HourOfWeekProfile {
    /// The profile that hours tell which were measured whole.
    package init(learning hours: some Sequence<Consumption>, on clock: LocalClock) {
        var learner = ProfileLearner(zone: clock.zone)
        for hour in hours where hour.quality == .measured && hour.coverage.isComplete { learner.learn(hour) }
        self = learner.profile
    }

    /// What each clock hour of a day takes of its total; together exactly the total.
    package func hours(of day: LocalDate, total: Energy, on clock: LocalClock) -> [Energy] {
        let starts = clock.hourBoundaries(of: clock.period(of: day)).dropLast()
        let parts = starts.map { weights[day.weekday * 24 + clock.hour(at: $0)] }
        let whole = Int128(parts.reduce(0, +))
        var before: Int64 = 0
        var sum: Int128 = 0
        return parts.map { part in
            sum += Int128(part)
            let reached = Int64(Int128(total.milliwattHours) * sum / whole)
            defer { before = reached }
            return Energy(milliwattHours: reached - before)
        }
    }
}
