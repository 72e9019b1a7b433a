package import Metering

extension Tariff {
    /// The bill for what the meter says over a period, reckoned line by line.
    ///
    /// - Throws: ``BillingError`` when no version is in force, an input is missing, or the sources do not give a rate.
    package func bill(for consumption: MeteredConsumption, _ terms: BillTerms, notes: [String] = []) throws -> Bill {
        var reckoning = try BillReckoning(self, consumption, terms, notes: notes)
        return try reckoning.bill()
    }

    /// The bill for `energy` used over `period`, dated the day after it.
    ///
    /// - Parameters:
    ///   - months: months of an ordinary round, for a tariff that counts them; nil to take them from the days.
    ///   - account: what the household tells (phase, connected load).
    package func bill(
        for energy: Energy, over period: BillingPeriod, months: Int? = nil, account: Account = Account(),
        notes: [String] = []
    ) throws -> Bill {
        try bill(for: MeteredConsumption(energy), BillTerms(period, months: months, account: account), notes: notes)
    }

    /// The totals at which a price of energy changes for a bill on these terms, in rising order; empty without slabs.
    package func slabLimits(_ terms: BillTerms) throws -> [Energy] {
        var reckoning = try BillReckoning(self, MeteredConsumption(.zero), terms, notes: [])
        return try reckoning.slabLimits()
    }

    /// What the bill would come to if neither lines nor slabs nor the total were rounded: for comparing, never for paying.
    package func exactCost(of consumption: MeteredConsumption, _ terms: BillTerms) throws -> Amount {
        var reckoning = try BillReckoning(unrounded, consumption, terms, notes: [])
        return try reckoning.billedCharges().map(\.amount).sum()
    }

    /// Limits and units are still taken as the tariff rounds them.
    private var unrounded: Tariff {
        let finest = Rounding(to: Rate(billionths: 1), .halfEven)
        func exact(_ rules: RoundingRules) -> RoundingRules {
            RoundingRules(line: finest, total: finest, limits: rules.limits, quantity: rules.quantity)
        }
        return Tariff(
            id: id, name: name, sources: sources, currency: currency, zone: zone, inputs: inputs,
            rounding: exact(rounding),
            billing: billing, timeOfUse: timeOfUse, seasons: seasons, series: series,
            versions: versions.map { version in
                TariffVersion(
                    from: version.from, through: version.through, checkedUntil: version.checkedUntil,
                    rounding: version.rounding.map(exact), lines: version.lines.map { $0.rounded(nil) })
            })
    }
}
