package import Metering

/// What a period's use may come to, as equally likely amounts.
package struct ConsumptionDistribution: Hashable, Sendable {
    /// In rising order, at least one.
    package let outcomes: [Energy]

    /// - Parameter samples: equally likely totals, in any order; nil without any.
    package init?(samples: [Energy]) {
        guard !samples.isEmpty else { return nil }
        outcomes = samples.sorted()
    }

    /// A distribution that goes straight from quantile to quantile; beyond the outermost ones it stays there.
    ///
    /// - Parameter quantiles: shares between 0 and 1 with their totals, both rising; nil when they are not, or without any.
    package init?(quantiles: [(share: Double, energy: Energy)], count: Int = 200) {
        let pairs = zip(quantiles, quantiles.dropFirst())
        guard !quantiles.isEmpty, count > 0, quantiles.allSatisfy({ (0...1).contains($0.share) }),
            pairs.allSatisfy({ $0.share < $1.share && $0.energy <= $1.energy })
        else { return nil }
        outcomes = (0..<count).map { Self.energy(at: (Double($0) + 0.5) / Double(count), in: quantiles) }
    }

    private static func energy(at share: Double, in quantiles: [(share: Double, energy: Energy)]) -> Energy {
        let below = quantiles.last { $0.share <= share } ?? quantiles[0]
        let above = quantiles.first { $0.share >= share } ?? quantiles[quantiles.count - 1]
        guard above.share > below.share else { return below.energy }
        let part = (share - below.share) / (above.share - below.share)
        let rise = Double((above.energy - below.energy).milliwattHours) * part
        return Energy(milliwattHours: below.energy.milliwattHours + Int64(rise.rounded()))
    }

    /// The mean, to the nearest milliwatt-hour.
    package var mean: Energy {
        outcomes.sum() * Fraction(1, over: Int64(outcomes.count))
    }
}
