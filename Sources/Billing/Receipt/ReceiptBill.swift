import Metering

/// A bill as text: every number a decimal string.
package struct ReceiptBill: Codable, Hashable, Sendable {
    package struct Line: Codable, Hashable, Sendable {
        package let id: String
        package let label: String
        package let parts: [Part]
        package let amount: String
    }

    package struct Part: Codable, Hashable, Sendable {
        package let quantity: String
        package let unit: String
        package let rate: String
        package let weight: String?
        package let period: String?
        package let amount: String
    }

    package let currency: String
    package let kwh: String
    package let lines: [Line]
    package let total: String

    init(_ bill: Bill) {
        currency = bill.currency.code
        kwh = bill.billedEnergy.kilowattHoursText
        total = bill.totalText
        lines = bill.charges.map { charge in
            Line(
                id: charge.id, label: charge.label,
                parts: charge.parts.map { part in
                    Part(
                        quantity: part.quantityText, unit: part.quantity.unit, rate: part.rate.description,
                        weight: part.weight?.description, period: part.period, amount: part.amount.description)
                }, amount: charge.amount.description)
        }
    }

    /// What another bill says otherwise, in words.
    func faults(against other: ReceiptBill) -> [String] {
        var faults: [String] = []
        if kwh != other.kwh {
            faults.append("billed energy: the receipt says \(kwh) kWh, it comes to \(other.kwh) kWh")
        }
        for line in lines {
            guard let again = other.lines.first(where: { $0.id == line.id }) else {
                faults.append("\(line.label): the receipt says \(line.amount), there is no such line")
                continue
            }
            if again != line {
                faults.append("\(line.label): the receipt says \(line.amount), it comes to \(again.amount)")
            }
        }
        for line in other.lines where !lines.contains(where: { $0.id == line.id }) {
            faults.append("\(line.label): the receipt has no such line, it comes to \(line.amount)")
        }
        if total != other.total {
            faults.append("total: the receipt says \(total), it comes to \(other.total) \(other.currency)")
        }
        return faults
    }
}
