/// What is done with energy given to the network.
package struct ExportRule: Hashable, Sendable {
    package enum Method: String, Sendable, CaseIterable {
        /// It is taken off the units billed.
        case netEnergy = "net_energy"
        /// It is paid for, and what was taken is billed in full.
        case netBilling = "net_billing"
        /// All that the plant made is paid for, and all that was used is billed.
        case buyAllSellAll = "buy_all_sell_all"
    }

    package let method: Method
    /// What is paid for a unit; nil when nothing is.
    package let rate: RateTable?
    /// Whether units not used up are kept for the next bill.
    package let banks: Bool
    /// The month whose bill pays out what is kept; nil for none.
    package let settleMonth: Int?
}
