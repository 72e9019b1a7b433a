/// A bill with all it was made from.
package struct BilledCase: Hashable, Sendable {
    package let tariff: Tariff
    package let usage: Usage
    package let terms: BillTerms
    /// As it was issued.
    package let bill: Bill

    package init(tariff: Tariff, usage: Usage, terms: BillTerms, bill: Bill) {
        self.tariff = tariff
        self.usage = usage
        self.terms = terms
        self.bill = bill
    }

    /// Makes the bill now.
    package init(tariff: Tariff, usage: Usage, terms: BillTerms) throws {
        self.init(tariff: tariff, usage: usage, terms: terms, bill: try tariff.bill(for: usage, terms))
    }
}
