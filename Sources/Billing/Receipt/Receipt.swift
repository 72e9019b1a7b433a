import Foundation

/// All that a bill was made from, so that anyone can make it again without us or our database.
package struct Receipt: Codable, Hashable, Sendable {
    package struct TariffText: Codable, Hashable, Sendable {
        package let id: String
        package let sha256: String
        package let text: String
    }

    /// Always 1.
    package let receipt: Int
    package let tariff: TariffText
    package let terms: ReceiptTerms
    package let consumption: ReceiptConsumption
    /// How the energy came from the meter's register; nil for a bill that was reckoned from figures alone.
    package let register: ReceiptRegister?
    package let bill: ReceiptBill

    /// - Parameter tariff: the text of the tariff file that the bill was made with.
    package init(
        _ bill: Bill, tariff: String, consumption: MeteredConsumption, terms: BillTerms,
        register: ReceiptRegister? = nil
    ) {
        receipt = 1
        self.tariff = TariffText(id: bill.tariff, sha256: SHA256.hex(of: tariff), text: tariff)
        self.terms = ReceiptTerms(terms)
        self.consumption = ReceiptConsumption(consumption)
        self.register = register
        self.bill = ReceiptBill(bill)
    }

    /// Reads a receipt.
    ///
    /// - Throws: ``BillingError`` of kind `badReceipt`.
    package init(json: String) throws {
        do { self = try JSONDecoder().decode(Receipt.self, from: Data(json.utf8)) } catch {
            throw BillingError(.badReceipt, "not a receipt: \(error)")
        }
        guard receipt == 1 else { throw BillingError(.badReceipt, "only receipts of format 1 are known") }
    }

    /// The receipt as JSON with its keys in order; the same receipt gives the same bytes.
    package var jsonText: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        }
    }
}

extension Receipt {
    /// Reckons the bill again from the receipt alone and says in words whatever comes out otherwise; empty when nothing does.
    ///
    /// - Throws: ``BillingError`` when the receipt's own figures or its tariff cannot be read.
    package func faults() throws -> [String] {
        var faults: [String] = []
        if SHA256.hex(of: tariff.text) != tariff.sha256 {
            faults.append("the tariff's text is not the one that was marked")
        }
        let consumption = try consumption.consumption()
        if let register { faults += try register.faults(energy: consumption.energy) }
        let again = ReceiptBill(try Tariff(yaml: tariff.text).bill(for: consumption, terms.terms(), notes: []))
        return faults + bill.faults(against: again)
    }
}
