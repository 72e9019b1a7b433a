package import Metering

/// What a household owes for a billing period, with every step that led to it.
package struct Bill: Hashable, Sendable {
    package let tariff: String
    package let currency: Currency
    package let period: BillingPeriod
    /// The energy used, to the milliwatt-hour.
    package let energy: Energy
    /// The energy charged for, after the tariff's rounding of units.
    package let billedEnergy: Energy
    package let charges: [Charge]
    package let total: Money
    /// What a reader must know: a rate the tariff does not give, an estimated share.
    package let notes: [String]

    package init(
        tariff: String, currency: Currency, period: BillingPeriod, energy: Energy, billedEnergy: Energy,
        charges: [Charge], total: Money, notes: [String]
    ) {
        self.tariff = tariff
        self.currency = currency
        self.period = period
        self.energy = energy
        self.billedEnergy = billedEnergy
        self.charges = charges
        self.total = total
        self.notes = notes
    }

    /// The lines' sum before the total is rounded.
    package var sumOfCharges: Amount {
        charges.reduce(.zero) { $0 + $1.amount }
    }
}

extension Bill {
    /// Energy given to the network that the next bill takes off.
    package var carriedEnergy: Energy {
        charges.flatMap(\.parts).map { part in
            if case .carried(let energy) = part.quantity { energy } else { Energy.zero }
        }.sum()
    }
}
