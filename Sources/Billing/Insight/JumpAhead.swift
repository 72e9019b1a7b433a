package import Metering

/// A total that a running period will probably pass, and beyond which its bill is dearer.
package struct JumpAhead: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The first unit beyond makes other units dearer too: a slab that charges them all, a subsidy lost.
        case cliff
        /// Each unit beyond is dearer.
        case step
        /// The price stays, and the use is far above the usual.
        case aboveUsual
    }

    package let reason: Reason
    /// The greatest total on this side; for ``Reason/aboveUsual`` the usual total.
    package let limit: Energy
    /// The share of outcomes beyond it.
    package let odds: Double
    /// The bill of the expected use, and that of the limit.
    package let expected: Money
    package let atLimit: Money
    /// What may be used on each day left, today included, to stay on this side, and what is expected.
    package let dailyBudget: Energy
    package let dailyPace: Energy

    /// What staying on this side would save.
    package var cost: Money { expected - atLimit }
}
