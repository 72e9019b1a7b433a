/// How the rate of a line is found.
package enum RateChoice: Hashable, Sendable {
    case table(RateTable)
    /// The slab that holds the total names the rate.
    case byTotal([Slab], of: MeteredQuantity)
    /// The step that holds the load, told by an input in kW or kVA, names the rate.
    case byLoad([Slab], input: String)
    /// The month in which the bill is dated names the rate.
    case series(String)
    /// The same, with a series for each number of months that a bill may have.
    case seriesByMonths([String: String])
}
