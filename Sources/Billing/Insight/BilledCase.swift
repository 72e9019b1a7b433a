/// A bill with all it was made from.
package struct BilledCase: Hashable, Sendable {
    package let tariff: Tariff
    package let consumption: MeteredConsumption
    package let terms: BillTerms
    /// As it was issued.
    package let bill: Bill

    package init(tariff: Tariff, consumption: MeteredConsumption, terms: BillTerms, bill: Bill) {
        self.tariff = tariff
        self.consumption = consumption
        self.terms = terms
        self.bill = bill
    }

    /// Makes the bill now.
    package init(tariff: Tariff, consumption: MeteredConsumption, terms: BillTerms) throws {
        self.init(
            tariff: tariff, consumption: consumption, terms: terms, bill: try tariff.bill(for: consumption, terms))
    }
}
