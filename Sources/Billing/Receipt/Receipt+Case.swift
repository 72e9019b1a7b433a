extension Receipt {
    /// The bill with all it was made from, reckoned again from the receipt alone.
    ///
    /// - Throws: ``BillingError`` when the receipt's own figures or its tariff cannot be read.
    package func billedCase() throws -> BilledCase {
        try BilledCase(
            tariff: Tariff(yaml: tariff.text), consumption: consumption.consumption(), terms: terms.terms())
    }
}
