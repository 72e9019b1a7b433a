/// A percentage of other lines.
package struct PercentCharge: Hashable, Sendable {
    package let rate: RateChoice
    /// Lines above, whose sum is the base.
    package let of: [String]
    /// Lines above, taken off the result.
    package let less: [String]
    /// Only the share of the base that falls to the units above this limit; nil for all of it.
    package let shareAbove: Limit?
    /// The most it comes to in a month; nil for no end.
    package let most: Rate?
    /// Whether the percentage of each product of the base is rounded by itself.
    package let roundsEachSlab: Bool
}
