package import Foundation
package import Metering

/// What a roll-up found for one meter, from a day on.
package struct MeterRoll: Sendable {
    package let meter: Int64
    /// The first day; what was stored from here on gives way.
    package let first: LocalDate
    /// When it begins.
    package let start: Date
    package let days: [DayConsumption]
    /// Those that end after the start.
    package let events: [RegisterEvent]
    /// ``ReadingSpan/changes`` as it was before the readings were fetched; readings that came since stay noted as new.
    package let changes: Int64
    /// The times without readings that end after the start, with their causes once those were looked for.
    package var outages: [Outage] = []

    package init(
        meter: Int64, first: LocalDate, start: Date, days: [DayConsumption], events: [RegisterEvent], changes: Int64
    ) {
        self.meter = meter
        self.first = first
        self.start = start
        self.days = days
        self.events = events.filter { $0.period.upperBound > start }
        self.changes = changes
    }
}
