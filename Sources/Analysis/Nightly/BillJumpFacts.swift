package import Metering

/// What was known of a bill that is about to jump, on the day it was told.
package struct BillJumpFacts: Hashable, Codable, Sendable {
    /// Why the bill will be dearer beyond the limit.
    package enum Reason: String, Hashable, Codable, Sendable {
        /// The first unit beyond makes other units dearer too: a slab that charges them all, a subsidy lost.
        case cliff
        /// Each unit beyond is dearer.
        case step
        /// There is no step: it is the use that is far above the usual.
        case aboveUsual = "above_usual"
    }

    package let reason: Reason
    /// The share of outcomes that lie beyond the limit.
    package let odds: Double
    /// In the currency's minor units: the bill of the expected use, less that of the limit.
    package let cost: Int64
    /// Kilowatt-hours a day that stay below the limit, from the day it was told on.
    package let dailyBudget: Double
    /// Kilowatt-hours a day that are expected without a change.
    package let dailyPace: Double
    /// When the limit is probably passed, and the days between which that is eight of ten times; nil beyond the period.
    package let crossing: LocalDate?
    package let earliest: LocalDate?
    package let latest: LocalDate?

    package init(
        reason: Reason, odds: Double, cost: Int64, dailyBudget: Double, dailyPace: Double, crossing: LocalDate?,
        earliest: LocalDate?, latest: LocalDate?
    ) {
        self.reason = reason
        self.odds = odds
        self.cost = cost
        self.dailyBudget = dailyBudget.toThreePlaces
        self.dailyPace = dailyPace.toThreePlaces
        self.crossing = crossing
        self.earliest = earliest
        self.latest = latest
    }
}
