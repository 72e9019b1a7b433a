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

    /// The hours together.
    package var whole: Consumption {
        guard let whole = Consumption(joining: hours) else {
            preconditionFailure("a day without hours")
        }
        return whole
    }
}
