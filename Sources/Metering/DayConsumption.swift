import Foundation

/// A local day's consumption, hour by hour.
package struct DayConsumption: Hashable, Sendable {
    package let day: LocalDate
    /// The day's clock hours: 24, or 23 and 25 when the clocks change.
    package let hours: [Consumption]
    /// The greatest less the least register shown that day, as the raw readings have it; nil without readings.
    ///
    /// Wrong after a reset and blind between days: shown beside the true figure, never billed.
    package let rawMaxMin: Energy?
    package let readingCount: Int
    /// Watts; nil when no reading told.
    package let peakPower: Float?

    package init(
        day: LocalDate, hours: [Consumption], rawMaxMin: Energy?, readingCount: Int, peakPower: Float?
    ) {
        self.day = day
        self.hours = hours
        self.rawMaxMin = rawMaxMin
        self.readingCount = readingCount
        self.peakPower = peakPower
    }

    /// The same day, each hour of which that says something else than `old` did marked as restated; one that was stays so.
    package func restated(from old: DayConsumption) -> DayConsumption {
        let before = Dictionary(old.hours.map { ($0.period, $0) }) { first, _ in first }
        let hours = hours.map { hour in
            guard let then = before[hour.period] else { return hour }
            let wasRestated = then.quality.contains(.restated)
            guard wasRestated || then.energy != hour.energy || then.coverage != hour.coverage else { return hour }
            return Consumption(
                over: hour.period, energy: hour.energy, coverage: hour.coverage, quality: hour.quality.union(.restated))
        }
        return DayConsumption(
            day: day, hours: hours, rawMaxMin: rawMaxMin, readingCount: readingCount, peakPower: peakPower)
    }

    /// The hours together.
    package var whole: Consumption {
        guard let whole = Consumption(joining: hours) else {
            preconditionFailure("a day without hours")
        }
        return whole
    }
}
