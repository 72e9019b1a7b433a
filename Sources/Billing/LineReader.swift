import Metering

/// Reads the lines of a version from a tariff file.
struct LineReader {
    let inputs: [String: Tariff.Input]
    let series: Set<String>

    func lines(_ value: YAMLValue) throws -> [TariffLine] {
        var lines: [TariffLine] = []
        for entry in try value.list() {
            let line = try self.line(entry, above: Set(lines.map(\.id)))
            guard !lines.contains(where: { $0.id == line.id }) else {
                throw entry.fault("the line '\(line.id)' stands here twice")
            }
            lines.append(line)
        }
        return lines
    }

    private func line(_ value: YAMLValue, above: Set<String>) throws -> TariffLine {
        let rules = ["energy", "fixed", "per_kwh", "percent"]
        let table = try value.table(["id", "label", "when", "credit", "round"] + rules)
        let given = try rules.compactMap { name in try table.optional(name).map { (name, $0) } }
        guard given.count == 1 else {
            throw value.fault("a line has exactly one of \(rules.joined(separator: ", "))")
        }
        let id = try table.value("id").text()
        return TariffLine(
            id: id, label: try table.optional("label")?.text() ?? id,
            conditions: try table.optional("when").map(conditions) ?? [],
            isCredit: try table.optional("credit")?.boolean() ?? false,
            rounding: try table.optional("round")?.rounding(),
            rule: try rule(given[0].0, given[0].1, above: above))
    }

    private func rule(_ name: String, _ value: YAMLValue, above: Set<String>) throws
        -> TariffLine.Rule
    {
        switch name {
        case "energy":
            return .energy(try classes(value.table(["classes"]).value("classes")))
        case "fixed":
            return .fixed(try fixed(value))
        case "per_kwh":
            return .perKilowattHour(try unit(value))
        default:
            let table = try value.table(["rate", "of"])
            let of = try table.value("of").list()
            for id in of where !above.contains(try id.text()) {
                throw id.fault("'\(try id.text())' is no line above")
            }
            return .percent(try rates(table.value("rate")), of: try of.map { try $0.text() })
        }
    }

    private func classes(_ value: YAMLValue) throws -> [SlabClass] {
        let entries = try value.list()
        let classes = try entries.map { entry in
            let table = try entry.table(["upto", "telescopic", "whole"])
            let telescopic = try table.optional("telescopic")
            let whole = try table.optional("whole")
            guard let slabs = telescopic ?? whole, (telescopic == nil) != (whole == nil) else {
                throw entry.fault("a class has either telescopic or whole slabs")
            }
            let upTo = try table.optional("upto")?.energy()
            return SlabClass(
                upTo: upTo, style: whole == nil ? .telescopic : .whole,
                slabs: try self.slabs(slabs, within: upTo))
        }
        try checkRising(classes.map(\.upTo), isOpenEnded: true, entries, in: value)
        return classes
    }

    private func slabs(_ value: YAMLValue, within limit: Energy? = nil) throws -> [Slab] {
        let entries = try value.list()
        let slabs = try entries.map { entry in
            let table = try entry.table(["upto", "rate"])
            return Slab(upTo: try table.optional("upto")?.energy(), rate: try rates(table.value("rate")))
        }
        try checkRising(slabs.map(\.upTo), isOpenEnded: limit == nil, entries, in: value)
        if let limit, let last = slabs.last?.upTo, last < limit {
            throw value.fault("the slabs end below the class's upto")
        }
        return slabs
    }

    private func checkRising(
        _ limits: [Energy?], isOpenEnded: Bool, _ entries: [YAMLValue], in value: YAMLValue
    ) throws {
        guard let last = limits.last else { throw value.fault("the list is empty") }
        if isOpenEnded, last != nil {
            throw value.fault("the last entry has no upto, so that every total is billed")
        }
        var before = Energy.zero
        for (limit, entry) in zip(limits.dropLast(last == nil ? 1 : 0), entries) {
            guard let limit else { throw entry.fault("only the last entry may be without upto") }
            guard limit > before else { throw entry.fault("upto must rise from entry to entry") }
            before = limit
        }
    }

    private func fixed(_ value: YAMLValue) throws -> FixedCharge {
        let table = try value.table(["per", "amount", "by_total"])
        let per = try table.value("per")
        guard let unit = FixedCharge.Unit(rawValue: try per.text()) else {
            throw per.fault("per is month, day or bill")
        }
        let amount = try table.optional("amount")
        let byTotal = try table.optional("by_total")
        guard (amount == nil) != (byTotal == nil) else {
            throw value.fault("a fixed charge has either amount or by_total")
        }
        let slabs =
            try byTotal.map { try self.slabs($0) } ?? [
                Slab(upTo: nil, rate: try rates(table.value("amount")))
            ]
        return FixedCharge(unit: unit, slabs: slabs)
    }

    private func unit(_ value: YAMLValue) throws -> UnitCharge {
        let table = try value.table(["rate", "series"])
        if let name = try table.optional("series") {
            guard series.contains(try name.text()) else {
                throw name.fault("there is no series '\(try name.text())'")
            }
            return UnitCharge(price: .series(try name.text()))
        }
        return UnitCharge(price: .rate(try rates(table.value("rate"))))
    }

    /// A rate, or a table whose keys are the values of one of the inputs.
    private func rates(_ value: YAMLValue) throws -> RateTable {
        guard value.isTable else { return .rate(try value.rate()) }
        let entries = try value.entries()
        let keys = Set(entries.map(\.key))
        let input = inputs.sorted { $0.key < $1.key }.first { _, input in
            if case .choice(let values) = input { Set(values) == keys } else { false }
        }
        guard let input else {
            throw value.fault(
                "these keys are not the values of any input: \(keys.sorted().joined(separator: ", "))")
        }
        return .byInput(input.key, try entries.reduce(into: [:]) { $0[$1.key] = try rates($1.value) })
    }

    private func conditions(_ value: YAMLValue) throws -> [Condition] {
        try value.entries().map { entry in
            Condition(subject: try subject(entry), test: try test(entry.value))
        }
    }

    private func subject(_ entry: (key: String, value: YAMLValue)) throws -> Condition.Subject {
        switch entry.key {
        case "import_per_month": return .importPerMonth
        case "billing_months": return .billingMonths
        default:
            guard inputs[entry.key] != nil else {
                throw entry.value.fault("'\(entry.key)' is not an input of the tariff")
            }
            return .input(entry.key)
        }
    }

    private func test(_ value: YAMLValue) throws -> Condition.Test {
        if value.isList { return .oneOf(try value.list().map { try $0.text() }) }
        guard value.isTable else { return .oneOf([try value.text()]) }
        let table = try value.table(["above", "from", "upto", "below"])
        return .range(
            above: try table.optional("above")?.rate(), from: try table.optional("from")?.rate(),
            upTo: try table.optional("upto")?.rate(), below: try table.optional("below")?.rate())
    }
}
