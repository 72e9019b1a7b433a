/// An amount of energy that a bill of some length may hold.
package struct Limit: Hashable, Sendable {
    package enum Unit: String, Sendable, CaseIterable {
        case month = "per_month"
        case day = "per_day"
    }

    /// Kilowatt-hours.
    package let amount: RateTable
    package let unit: Unit
}
