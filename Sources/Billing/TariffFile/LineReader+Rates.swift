import Metering

extension LineReader {
    /// One rate, or a table of them.
    func rates(_ value: YAMLValue) throws -> RateTable {
        guard value.isTable else {
            return try value.text() == "unknown" ? .unknown : .rate(try value.rate())
        }
        let entries = try value.entries().map { (key: $0.key, name: try $0.key.text(), value: $0.value) }
        if entries.count == 1, let only = entries.first, only.name == "input" { return try told(only.value) }
        let choices = entries.filter { $0.name != "by" }
        let dimension =
            try entries.first { $0.name == "by" }.map { try named($0.value) }
            ?? found(for: choices.map(\.name), at: value, keys: choices.map(\.key))
        check(choices.map { ($0.key, $0.name) }, of: dimension, at: value)
        return .by(
            dimension,
            choices.reduce(into: [:]) { rates, choice in
                rates[choice.name] = faults.attempt { try self.rates(choice.value) } ?? .unknown
            })
    }

    /// A number that the account tells.
    private func told(_ value: YAMLValue) throws -> RateTable {
        let name = try value.text()
        guard inputs.first(where: { $0.name == name })?.kind == .decimal else {
            throw value.fault("'\(name)' is no decimal input of the tariff\(inputs.map(\.name).hint(for: name))")
        }
        return .told(input: name)
    }

    private func named(_ value: YAMLValue) throws -> RateTable.Dimension {
        switch try value.text() {
        case "season": return .season
        case "tou": return .timeOfUse
        case "billing_months": return .months
        case let name:
            guard inputs.contains(where: { $0.name == name }) else {
                throw value.fault(
                    YAMLValue.unknownWord(name, inputs.map(\.name) + ["season", "tou", "billing_months"]))
            }
            return .input(name)
        }
    }

    /// What the keys of a table name: the values of an input, seasons, times of use, or months of the bill.
    private func found(for names: [String], at value: YAMLValue, keys: [YAMLValue]) throws -> RateTable.Dimension {
        let known = dimensions
        if let all = known.first(where: { Set($0.values) == Set(names) }) { return all.dimension }
        let ranked = known.map { known in (known, names.count { known.values.contains($0) }) }.max { $0.1 < $1.1 }
        if let (best, count) = ranked, count > 0 { return best.dimension }
        if !names.isEmpty, names.allSatisfy({ Int($0).map((1...12).contains) ?? false }) { return .months }
        let near = known.flatMap(\.values)
        let name = names.first ?? ""
        throw (keys.first ?? value).fault(
            "'\(name)' is no value of an input, season or time-of-use period of the tariff\(near.hint(for: name))")
    }

    private var dimensions: [(dimension: RateTable.Dimension, values: [String])] {
        inputs.compactMap { input in values(of: input).map { (.input(input.name), $0) } }
            + [(.season, seasons), (.timeOfUse, periods)].filter { !$0.1.isEmpty }
    }

    private func values(of input: TariffInput) -> [String]? {
        switch input.kind {
        case .choice(let values): values
        case .boolean: ["true", "false"]
        case .decimal: nil
        }
    }

    private func check(
        _ names: [(key: YAMLValue, name: String)], of dimension: RateTable.Dimension, at value: YAMLValue
    ) {
        guard let known = dimensions.first(where: { $0.dimension == dimension })?.values else { return }
        for (key, name) in names where !known.contains(name) {
            faults.add(YAMLValue.unknownWord(name, known), at: key)
        }
        for name in known where !names.contains(where: { $0.name == name }) {
            faults.add("there is no rate for '\(name)'; write 'unknown' where the sources do not give it", at: value)
        }
    }
}

extension LineReader {
    func conditions(_ value: YAMLValue) throws -> [Condition] {
        try value.entries().compactMap { entry in
            faults.attempt {
                let subject = try subject(entry.key)
                return Condition(subject: subject, test: try test(entry.value, of: subject))
            }
        }
    }

    private func subject(_ key: YAMLValue) throws -> Condition.Subject {
        let name = try key.text()
        let perMonth = MeteredQuantity.names.map { (name: $0.name + "_per_month", quantity: $0.quantity) }
        if let known = perMonth.first(where: { $0.name == name }) { return .perMonth(known.quantity) }
        if inputs.contains(where: { $0.name == name }) { return .input(name) }
        switch name {
        case "billing_months": return .billingMonths
        case "bill_month": return .billMonth
        case "season" where !seasons.isEmpty: return .season
        default:
            let known = perMonth.map(\.name) + ["billing_months", "bill_month"] + inputs.map(\.name)
            throw key.fault(
                "'\(name)' is neither an input of the tariff nor a figure of the bill\(known.hint(for: name))")
        }
    }

    private func test(_ value: YAMLValue, of subject: Condition.Subject) throws -> Condition.Test {
        guard value.isTable else {
            let values = try value.isList ? value.list() : [value]
            for value in values { try check(value, of: subject) }
            return .oneOf(try values.map { try $0.text() })
        }
        if let known = known(for: subject) {
            throw value.fault("one of \(known.joined(separator: ", ")) is expected here")
        }
        guard try !value.entries().isEmpty else { throw value.fault("a range has above, from, upto or below") }
        return .range(
            above: try value.optional("above").map(bound), from: try value.optional("from").map(bound),
            upTo: try value.optional("upto").map(bound), below: try value.optional("below").map(bound))
    }

    private func bound(_ value: YAMLValue) throws -> Rate {
        let bound = try value.rate()
        if bound < .zero { faults.add("a bound is not below zero", at: value) }
        return bound
    }

    private func check(_ value: YAMLValue, of subject: Condition.Subject) throws {
        let text = try value.text()
        if let known = known(for: subject) {
            if !known.contains(text) { faults.add(YAMLValue.unknownWord(text, known), at: value) }
        } else if Rate(text) == nil {
            faults.add("'\(text)' is not \(TextFormat.decimal.meaning)", at: value)
        }
    }

    /// The values a subject may have; nil for numbers.
    private func known(for subject: Condition.Subject) -> [String]? {
        switch subject {
        case .input(let name): inputs.first { $0.name == name }.flatMap(values)
        case .season: seasons
        case .perMonth, .billingMonths, .billMonth: nil
        }
    }
}
