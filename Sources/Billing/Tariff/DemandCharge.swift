/// A charge for the power that was held ready or used.
package struct DemandCharge: Hashable, Sendable {
    package enum Basis: String, Sendable, CaseIterable {
        case contract, recorded
        /// The greater of what was recorded and a share of the contract.
        case greaterOfRecordedOrShare = "max_recorded_or_share"
    }

    package let rate: RateTable
    package let basis: Basis
    /// The input that tells the contract.
    package let contract: String?
    package let share: Rate?
    package let rounding: Rounding?
    /// By what the rate is multiplied for demand above the contract; nil when it costs the same.
    package let excessMultiplier: Rate?
}
