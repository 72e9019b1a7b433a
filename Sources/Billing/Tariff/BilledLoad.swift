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
        let rounded = rounding.map { $0(Amount(femtos: Int128(told.billionths) * 1_000_000)).femtos / 1_000_000 }
        var load = rounded.map { Rate(billionths: Int64($0)) } ?? told
        if let least { load = max(load, least) }
        if let upTo { load = min(load, upTo) }
        return Rate(billionths: max(0, load.billionths - (above?.billionths ?? 0)))
    }
}
