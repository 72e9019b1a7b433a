extension Receipt {
    /// The bill with all it was made from, reckoned again from the receipt alone.
    ///
    /// - Throws: ``BillingError`` when the receipt's own figures or its tariff cannot be read.
    package func billedCase() throws -> BilledCase {
        try BilledCase(
            tariff: Tariff(yaml: tariff.text), consumption: consumption.consumption(), terms: terms.terms())
    }

    /// The bill as it was issued, with all it was made from.
    ///
    /// - Parameter tariff: of the receipt's own text, read before.
    /// - Throws: ``BillingError`` when the receipt's own figures cannot be read.
    package func billedCase(of bill: Bill, by tariff: Tariff) throws -> BilledCase {
        BilledCase(tariff: tariff, consumption: try consumption.consumption(), terms: try terms.terms(), bill: bill)
    }
}
