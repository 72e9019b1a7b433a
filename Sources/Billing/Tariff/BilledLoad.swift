/// The part of a load that a charge is for.
package struct BilledLoad: Hashable, Sendable {
    /// The input that tells it.
    package let input: String
    package let rounding: Rounding?
    /// The least that is billed.
    package let least: Rate?
    /// Only what lies above.
    package let above: Rate?
    /// Only what lies below.
    package let upTo: Rate?

    /// What is billed of the load told: at least zero.
    func billed(_ told: Rate) -> Rate {
        var load = rounding?(told) ?? told
        if let least { load = max(load, least) }
        if let upTo { load = min(load, upTo) }
        return Rate(billionths: max(0, load.billionths - (above?.billionths ?? 0)))
    }
}
