/// Where a tariff rounds, and how.
package struct RoundingRules: Hashable, Sendable {
    /// Each line, unless it has a rounding of its own.
    package let line: Rounding
    /// The sum of the lines.
    package let total: Rounding
    /// Slab limits that were multiplied by the length of the period; nil for to the milliwatt-hour.
    package let limits: Rounding?
    /// The units billed; nil when every milliwatt-hour counts.
    package let quantity: Rounding?
}
