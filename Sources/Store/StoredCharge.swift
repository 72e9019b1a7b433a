import Billing
import Foundation
import Metering

/// A line of a bill as JSON: every number a decimal string, so that nothing is rounded on the way.
struct StoredCharge: Codable {
    struct Part: Codable {
        let unit: String
        let quantity: String?
        let rate: String
        let weight: String?
        let amount: String
        let period: String?
        /// For a load: the months it is charged for.
        let months: String?
    }

    let id: String
    let label: String
    let amount: String
    let parts: [Part]

    static func encode(_ charges: [Charge]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(charges.map(StoredCharge.init)), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [Charge] {
        try JSONDecoder().decode([StoredCharge].self, from: Data(text.utf8)).map { try $0.charge() }
    }

    private init(_ charge: Charge) {
        id = charge.id
        label = charge.label
        amount = charge.amount.exactDescription
        parts = charge.parts.map { part in
            let (unit, quantity, months) = part.quantity.stored
            return Part(
                unit: unit, quantity: quantity, rate: part.rate.description, weight: part.weight?.description,
                amount: part.amount.exactDescription, period: part.period, months: months)
        }
    }

    private func charge() throws -> Charge {
        Charge(
            id: id, label: label, amount: try exact(amount),
            parts: try parts.map { part in
                Charge.Part(
                    quantity: try quantity(of: part), rate: try rate(part.rate), weight: try part.weight.map(fraction),
                    amount: try exact(part.amount), period: part.period)
            })
    }

    private func quantity(of part: Part) throws -> Charge.Quantity {
        switch (part.unit, part.quantity) {
        case ("mWh", let number?): return .energy(Energy(milliwattHours: try whole(number)))
        case ("carried", let number?): return .carried(Energy(milliwattHours: try whole(number)))
        case ("months", let number?): return .months(try fraction(number))
        case ("load", let number?): return .load(try rate(number), months: try fraction(part.months ?? ""))
        case ("shortfall", let number?): return .shortfall(try exact(number))
        case ("days", let number?): return .days(Int(try whole(number)))
        case ("base", let number?): return .base(try exact(number))
        case ("bill", _): return .bill
        default: throw unreadable(part.unit)
        }
    }

    private func whole(_ text: String) throws -> Int64 {
        guard let number = Int64(text) else { throw unreadable(text) }
        return number
    }

    private func exact(_ text: String) throws -> Amount {
        guard let amount = Amount(exact: text) else { throw unreadable(text) }
        return amount
    }

    private func rate(_ text: String) throws -> Rate {
        guard let rate = Rate(text) else { throw unreadable(text) }
        return rate
    }

    private func fraction(_ text: String) throws -> Fraction {
        guard let fraction = Fraction(text) else { throw unreadable(text) }
        return fraction
    }

    private func unreadable(_ text: String) -> StoreError {
        StoreError(.unreadable, "the stored charge '\(id)' holds '\(text)'")
    }
}

extension Charge.Quantity {
    fileprivate var stored: (unit: String, quantity: String?, months: String?) {
        switch self {
        case .energy(let energy): ("mWh", String(energy.milliwattHours), nil)
        case .carried(let energy): ("carried", String(energy.milliwattHours), nil)
        case .months(let count): ("months", count.description, nil)
        case .days(let count): ("days", String(count), nil)
        case .load(let load, let months): ("load", load.description, months.description)
        case .base(let amount): ("base", amount.exactDescription, nil)
        case .shortfall(let amount): ("shortfall", amount.exactDescription, nil)
        case .bill: ("bill", nil, nil)
        }
    }
}
