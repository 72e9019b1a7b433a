import Metering

extension Bill {
    /// The bill for other programs: every number a decimal string, so that nothing is rounded on the way.
    ///
    /// A line of several products has no rate of its own; they stand in its `parts`.
    package var json: JSONValue {
        .object([
            .init("tariff", .text(tariff)), .init("currency", .text(currency.code)),
            .init("from", .text(period.first.description)), .init("to", .text(period.end.description)),
            .init("kwh", .text(billedEnergy.kilowattHoursText)), .init("lines", .list(charges.map(\.json))),
            .init("total", .text(totalText)),
        ])
    }

    /// The total with the currency's own decimals.
    package var totalText: String {
        total.text(in: currency)
    }
}

extension Charge {
    fileprivate var json: JSONValue {
        let only = parts.count == 1 && parts.first?.weight == nil ? parts.first : nil
        var members: [JSONValue.Member] = [
            .init("id", .text(id)), .init("label", .text(label)),
            .init("quantity", (only?.quantityText ?? energyText).map(JSONValue.text) ?? .null),
            .init("rate", only.map { .text($0.rate.description) } ?? .null), .init("amount", .text(amount.description)),
        ]
        if only == nil { members.append(.init("parts", .list(parts.map(\.json)))) }
        return .object(members)
    }

    /// The energy of all parts together, where every part is energy of the whole bill.
    private var energyText: String? {
        let energies = parts.compactMap { part in
            if case .energy(let energy) = part.quantity, part.weight == nil { energy } else { nil }
        }
        return energies.count == parts.count ? energies.sum().kilowattHoursText : nil
    }
}

extension Charge.Part {
    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("quantity", .text(quantityText)), .init("unit", .text(quantity.unit)),
            .init("rate", .text(rate.description)), .init("amount", .text(amount.description)),
        ]
        if let period { members.append(.init("period", .text(period))) }
        if let weight { members.append(.init("weight", .text(weight.description))) }
        return .object(members)
    }

    /// How many units, or the money that a percentage is of.
    package var quantityText: String {
        switch quantity {
        case .energy(let energy), .carried(let energy): energy.kilowattHoursText
        case .months(let months): months.description
        case .days(let days): String(days)
        case .bill: "1"
        case .base(let amount), .shortfall(let amount): amount.description
        case .load(let load, let months): (Fraction(load) * months).description
        }
    }
}

extension Charge.Quantity {
    /// What one unit is.
    package var unit: String {
        switch self {
        case .energy: "kWh"
        case .carried: "kWh kept"
        case .months: "months"
        case .days: "days"
        case .bill: "bill"
        case .base: "% of"
        case .shortfall: "short of the minimum"
        case .load: "kW or kVA × months"
        }
    }
}
