package import Metering

/// What a billing period will come to, as far as can be told.
package struct PeriodOutlook: Hashable, Sendable {
    package let period: BillingPeriod
    /// The figure to print.
    package let expected: Energy
    /// The totals that a share of such periods stays below, for each of ``Calibration/shares``; rising.
    package let quantiles: [Energy]

    package init(period: BillingPeriod, expected: Energy, quantiles: [Energy]) {
        precondition(quantiles.count == Calibration.shares.count, "there is a quantile for each share")
        self.period = period
        self.expected = expected
        self.quantiles = quantiles
    }

    /// Nine of ten periods end above it.
    package var low: Energy { quantiles[Self.lowPlace] }
    package var median: Energy { quantiles[Self.medianPlace] }
    /// Nine of ten periods end below it.
    package var high: Energy { quantiles[Self.highPlace] }

    static let lowPlace = Calibration.place(of: 0.1)
    static let medianPlace = Calibration.place(of: 0.5)
    static let highPlace = Calibration.place(of: 0.9)

    /// The share of such periods that end above a total; straight between the quantiles.
    package func share(above total: Energy) -> Double {
        let shares = Calibration.shares
        guard let above = quantiles.firstIndex(where: { $0 > total }) else { return 0 }
        guard above > 0 else { return 1 }
        let (low, high) = (quantiles[above - 1].kilowattHours, quantiles[above].kilowattHours)
        let part = (total.kilowattHours - low) / (high - low)
        return 1 - shares[above - 1] - part * (shares[above] - shares[above - 1])
    }
}
