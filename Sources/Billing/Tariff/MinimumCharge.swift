/// What a bill comes to at least.
package struct MinimumCharge: Hashable, Sendable {
    package enum Unit: String, Sendable, CaseIterable {
        case bill, month
    }

    package let amount: RateTable
    package let unit: Unit
    /// The lines that count towards it; empty for all above.
    package let of: [String]
}
