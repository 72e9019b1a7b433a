package import Metering

/// A total beyond which the bill jumps by more than the units themselves cost.
package struct Cliff: Hashable, Sendable {
    /// The greatest total on this side.
    package let lastUnit: Energy
    /// What can still be used on this side.
    package let left: Energy
    /// By how much the jump exceeds the price of the unit that makes it.
    package let jump: Amount
    /// By how much the bill to be paid rises with the first unit beyond.
    package let costOfNextUnit: Money
    /// The day on which it will be crossed at this pace; nil when the period ends before.
    package let crossedOn: LocalDate?
    /// What may be used on each day left, today included, to stay on this side.
    package let dailyBudget: Energy
}
