/// A charge for each kilowatt-hour.
package struct UnitCharge: Hashable, Sendable {
    package let rate: RateChoice
    package let quantity: MeteredQuantity
    /// The greatest amount of energy it is for; nil for all.
    package let cap: Limit?
    /// By what the energy is multiplied before it is charged (losses); nil for nothing.
    package let factor: Rate?
}
