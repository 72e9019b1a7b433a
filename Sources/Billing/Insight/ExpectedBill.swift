package import Metering

/// What a bill may come to when the use is not known yet: each possible use is billed, not the expected one.
package struct ExpectedBill: Hashable, Sendable {
    package struct SlabOdds: Hashable, Sendable {
        /// More than this; zero for the first slab.
        package let above: Energy
        /// Nil for the last slab.
        package let upTo: Energy?
        /// Share of the outcomes that end in the slab.
        package let odds: Double
    }

    package let mean: Money
    /// Nine of ten outcomes cost more.
    package let low: Money
    /// Nine of ten outcomes cost less.
    package let high: Money
    /// What the bill of the expected use would be, which is not the same where slabs bend or jump.
    package let ofExpectedUse: Money
    /// In rising order; together 1. One entry for a tariff without slabs.
    package let slabs: [SlabOdds]

    /// - Parameter shape: how the use lies in times of use; only its proportions count.
    package init(
        of distribution: ConsumptionDistribution, by tariff: Tariff, _ terms: BillTerms,
        shape: MeteredConsumption = MeteredConsumption(.zero)
    ) throws {
        let outcomes = distribution.outcomes
        let totals = try outcomes.map { try tariff.bill(for: shape.scaled(to: $0), terms).total }.sorted()
        let sum = totals.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
        mean = Money(minorUnits: Int64(nearest(sum, over: Int128(totals.count))))
        low = totals[totals.count / 10]
        high = totals[totals.count - 1 - totals.count / 10]
        ofExpectedUse = try tariff.bill(for: shape.scaled(to: distribution.mean), terms).total
        let limits = try tariff.slabLimits(terms)
        slabs = zip([.zero] + limits, limits.map(Optional.some) + [nil]).map { floor, top in
            let count = outcomes.count { energy in
                (energy > floor || floor == .zero) && top.map { energy <= $0 } ?? true
            }
            return SlabOdds(above: floor, upTo: top, odds: Double(count) / Double(outcomes.count))
        }
    }
}
