package import Metering

/// A household's known days: what was used on each, put up to the full day where part of it was not seen.
package struct DailyHistory: Sendable {
    /// A day counts as known when at least half of it was observed.
    static let leastCoverage = 0.5

    package struct Day: Hashable, Sendable {
        package let date: LocalDate
        package let kilowattHours: Double

        package init(date: LocalDate, kilowattHours: Double) {
            self.date = date
            self.kilowattHours = kilowattHours
        }
    }

    /// In order of time; days that are not known are absent.
    package let days: [Day]

    /// - Parameter end: the first day that is not over yet; nothing from it on is used.
    package init(_ series: ConsumptionSeries, before end: LocalDate) {
        days = series.days.compactMap { day in
            let whole = day.whole
            guard day.day < end, whole.coverage.share >= Self.leastCoverage else { return nil }
            return Day(date: day.day, kilowattHours: whole.energy.kilowattHours / whole.coverage.share)
        }
    }

    /// - Parameter days: in order of time, one for each date.
    package init(days: [Day]) {
        self.days = days
    }

    /// The days of the last `count` before `date`.
    func last(_ count: Int, before date: LocalDate) -> [Day] {
        let start = date.adding(days: -count)
        let end = days.firstIndex { $0.date >= date } ?? days.endIndex
        let first = days[..<end].lastIndex { $0.date < start }.map { $0 + 1 } ?? 0
        return Array(days[first..<end])
    }
}
