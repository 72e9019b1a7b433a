package import Billing

/// Keeps tariffs that were read by the mark of their text.
package actor TariffShelf {
    private var tariffs: [String: TariffStore.InForce] = [:]

    func known(_ sha256: String) -> TariffStore.InForce? {
        tariffs[sha256]
    }

    /// Reads a text unless it was read before.
    ///
    /// - Parameter sha256: of the text.
    @discardableResult
    func put(_ text: String, sha256: String) throws -> TariffStore.InForce {
        if let known = tariffs[sha256] { return known }
        let read = TariffStore.InForce(tariff: try Tariff(yaml: text), sha256: sha256, text: text)
        tariffs[sha256] = read
        return read
    }

    /// - Parameter sha256: of the text.
    package func tariff(_ text: String, sha256: String) throws -> Tariff {
        try put(text, sha256: sha256).tariff
    }
}
