/// A bill as a table for a terminal.
package struct BillText {
    private let bill: Bill
    private let tariffName: String

    package init(_ bill: Bill, _ tariffName: String) {
        self.bill = bill
        self.tariffName = tariffName
    }

    /// Several lines, without a newline at the end.
    package var text: String {
        let head = [
            "\(tariffName) (\(bill.tariff))",
            "\(bill.period.first) to \(bill.period.lastDay), \(bill.period.dayCount) days, \(bill.billedEnergy.kilowattHoursText) kWh",
            "",
        ]
        let rows = bill.charges.flatMap(rows) + [("Total (\(bill.currency.code))", bill.totalText)]
        return (head + table(rows) + (bill.notes.isEmpty ? [] : [""] + bill.notes)).joined(separator: "\n")
    }

    private func rows(_ charge: Charge) -> [(String, String)] {
        [(charge.label, charge.amount.description)] + charge.parts.map { ("  " + product($0), "") }
    }

    private func product(_ part: Charge.Part) -> String {
        let period = part.period.map { "\($0) " } ?? ""
        let weight = part.weight.map { " × \($0)" } ?? ""
        switch part.quantity {
        case .base(let amount): return "\(part.rate) % of \(amount)\(weight)"
        case .shortfall, .carried: return "\(part.quantityText) \(part.quantity.unit)"
        case .energy, .months, .days, .bill, .load:
            let isOne = part.quantityText == "1" && part.quantity.unit.hasSuffix("s")
            let unit = isOne ? String(part.quantity.unit.dropLast()) : part.quantity.unit
            return "\(period)\(part.quantityText) \(unit) × \(part.rate)\(weight)"
        }
    }

    private func table(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        let amountWidth = rows.map(\.1.count).max() ?? 0
        return rows.map { label, amount in
            amount.isEmpty
                ? label
                : label + String(repeating: " ", count: width - label.count + 2 + amountWidth - amount.count) + amount
        }
    }
}
