import Metering

/// The terms of a bill as text.
package struct ReceiptTerms: Codable, Hashable, Sendable {
    package let from: String
    package let to: String
    package let billDate: String
    package let months: Int?
    package let length: String?
    package let inputs: [String: String]

    init(_ terms: BillTerms) {
        from = terms.period.first.description
        to = terms.period.end.description
        billDate = terms.billDate.description
        months = terms.months
        length = terms.length?.description
        inputs = terms.account.inputs
    }

    func terms() throws -> BillTerms {
        guard let first = LocalDate(from), let end = LocalDate(to), let date = LocalDate(billDate), first < end else {
            throw BillingError(.badReceipt, "the receipt's dates cannot be read")
        }
        return BillTerms(
            BillingPeriod(first: first, end: end), billDate: date, months: months,
            length: length.flatMap(Fraction.init),
            account: Account(inputs))
    }
}
