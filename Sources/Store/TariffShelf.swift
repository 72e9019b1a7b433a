package import Billing

/// Keeps tariffs that were read by the mark of their text.
package actor TariffShelf {
    private var tariffs: [String: Tariff] = [:]

    /// - Parameter sha256: of the text.
    package func tariff(_ text: String, sha256: String) throws -> Tariff {
        if let known = tariffs[sha256] { return known }
        let tariff = try Tariff(yaml: text)
        tariffs[sha256] = tariff
        return tariff
    }
}
