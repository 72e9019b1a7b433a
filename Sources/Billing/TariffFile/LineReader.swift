import Metering

/// Reads the lines of a version from a tariff file.
struct LineReader {
    let inputs: [TariffInput]
    let seasons: [String]
    let periods: [String]
    let series: [String]
    let faults: FaultList

    func lines(_ entries: [YAMLValue]) -> [TariffLine] {
        var lines: [TariffLine] = []
        for entry in entries {
            guard let line = faults.attempt({ try line(entry, above: lines.map(\.id)) }) else { continue }
            if lines.contains(where: { $0.id == line.id }) {
                faults.add("the line '\(line.id)' stands here twice", at: entry)
            }
            if case .export = line.rule, lines.contains(where: { if case .export = $0.rule { true } else { false } }),
                line.conditions.isEmpty
            {
                faults.add("a version has one export line, or each has its conditions", at: entry)
            }
            lines.append(line)
        }
        return lines
    }

    private func line(_ value: YAMLValue, above: [String]) throws -> TariffLine {
        let conditions = try value.optional("when").map(conditions) ?? []
        let exceptions = try value.optional("unless").map { unless in
            try (unless.isList ? unless.list() : [unless]).map(self.conditions)
        }
        let (key, rule) = try value.onlyOne(of: TariffShape.rules)
        let id = try value.value("id").text()
        return TariffLine(
            id: id, label: try value.optional("label")?.text() ?? id.replacing("_", with: " "), conditions: conditions,
            exceptions: exceptions ?? [], isCredit: try value.optional("credit")?.boolean() ?? false,
            isMemo: try value.optional("memo")?.boolean() ?? false, rounding: try value.optional("round")?.rounding(),
            rule: try self.rule(key, rule, above: above, isOpenEnded: conditions.isEmpty))
    }

    private func rule(_ key: String, _ value: YAMLValue, above: [String], isOpenEnded: Bool) throws -> TariffLine.Rule {
        switch key {
        case "energy": return .energy(try energy(value, isOpenEnded))
        case "fixed": return .fixed(try fixed(value, isOpenEnded))
        case "per_kwh": return .perKilowattHour(try unit(value, isOpenEnded))
        case "percent": return .percent(try percent(value, above, isOpenEnded))
        case "minimum":
            return .minimum(
                MinimumCharge(
                    amount: try rates(value.value("amount")),
                    unit: try value.optional("per")?.word(MinimumCharge.Unit.self) ?? .bill,
                    of: try value.optional("of").map { try names($0, above: above) } ?? []))
        case "demand": return .demand(try demand(value))
        default:
            return .export(
                ExportRule(
                    method: try value.value("method").word(ExportRule.Method.self),
                    rate: try value.optional("rate").map(rates),
                    banks: try value.optional("bank")?.boolean() ?? false,
                    settleMonth: try value.optional("settle_month")?.whole(in: 1...12)))
        }
    }

    private func energy(_ value: YAMLValue, _ isOpenEnded: Bool) throws -> EnergyCharge {
        let quantity = try value.optional("quantity").map(quantity) ?? .billed
        return EnergyCharge(
            quantity: quantity, selectBy: try value.optional("select_by").map(self.quantity) ?? quantity,
            filling: try value.optional("tier_tou")?.word(EnergyCharge.Filling.self) ?? .proportional,
            roundsEachSlab: try value.optional("round_each_slab")?.boolean() ?? false,
            classes: try classes(value.value("classes"), isOpenEnded))
    }

    private func classes(_ value: YAMLValue, _ isOpenEnded: Bool) throws -> [SlabClass] {
        let entries = try value.list()
        let classes = entries.compactMap { entry in faults.attempt { try slabClass(entry, isOpenEnded) } }
        checkRising(classes.map(\.upTo), isOpenEnded: isOpenEnded, entries, in: value)
        return classes
    }

    private func slabClass(_ value: YAMLValue, _ isOpenEnded: Bool) throws -> SlabClass {
        let (key, slabs) = try value.onlyOne(of: ["telescopic", "whole"])
        let upTo = try value.optional("upto").map { try limit($0) } ?? nil
        let read = try self.slabs(slabs, isOpenEnded: isOpenEnded && upTo == nil)
        if let end = plain(upTo), let last = read.last?.upTo, let top = plain(last), top < end {
            faults.add("the slabs end below the class's upto", at: slabs)
        }
        return SlabClass(
            upTo: upTo, style: key == "whole" ? .whole : .telescopic, slabs: read,
            factors: try value.optional("tou").map(factors) ?? [:])
    }

    private func factors(_ value: YAMLValue) throws -> [String: Rate] {
        let factors = try value.entries().reduce(into: [String: Rate]()) { factors, entry in
            let name = try entry.key.text()
            if !periods.contains(name) {
                faults.add("'\(name)' is no time-of-use period\(periods.hint(for: name))", at: entry.key)
            }
            factors[name] = try entry.value.rate()
        }
        for name in periods where factors[name] == nil {
            faults.add("the period '\(name)' has no factor here", at: value)
        }
        return factors
    }

    func slabs(_ value: YAMLValue, isOpenEnded: Bool, least: Rate = Rate(billionths: 1)) throws -> [Slab] {
        let entries = try value.list()
        let slabs = entries.compactMap { entry in
            faults.attempt {
                Slab(
                    upTo: try entry.optional("upto").map { try limit($0, least: least) } ?? nil,
                    rate: try rates(entry.value("rate")))
            }
        }
        checkRising(slabs.map(\.upTo), isOpenEnded: isOpenEnded, entries, in: value)
        return slabs
    }

    private func checkRising(_ limits: [Limit?], isOpenEnded: Bool, _ entries: [YAMLValue], in value: YAMLValue) {
        guard limits.count == entries.count, let last = limits.last else { return }
        if isOpenEnded, last != nil {
            faults.add("the last entry has no upto, so that every total is billed", at: value)
        }
        var before: Rate?
        for (limit, entry) in zip(limits.dropLast(last == nil ? 1 : 0), entries) {
            guard let limit else {
                faults.add("only the last entry may be without upto", at: entry)
                continue
            }
            if let end = plain(limit), let floor = before, end <= floor {
                faults.add("upto must rise from entry to entry", at: entry)
            }
            before = plain(limit) ?? before
        }
    }

    /// A limit that is one number.
    private func plain(_ limit: Limit?) -> Rate? {
        if let limit, case .rate(let rate) = limit.amount { rate } else { nil }
    }

    private func limit(_ value: YAMLValue, least: Rate = Rate(billionths: 1)) throws -> Limit? {
        if value.isNull { return nil }
        let limit: Limit
        if value.isTable {
            let (key, table) = try value.onlyOne(of: Limit.Unit.allCases.map(\.rawValue))
            limit = Limit(amount: try rates(table), unit: Limit.Unit(rawValue: key) ?? .month)
        } else {
            limit = Limit(amount: .rate(try value.rate()), unit: .month)
        }
        if limit.amount.rates.contains(where: { $0 < least }) {
            throw value.fault("a limit is a positive number of kWh")
        }
        return limit
    }
}

extension LineReader {
    private func fixed(_ value: YAMLValue, _ isOpenEnded: Bool) throws -> FixedCharge {
        let unit = try value.value("per").word(FixedCharge.Unit.self)
        let preset = unit == .kilovoltAmpereMonth ? "load_kva" : "load_kw"
        let load = try value.optional("load").map { try self.load($0, preset: preset) }
        let steps = try value.optional("by_load")
        if let given = try value.optional("load"), !unit.isPerLoad, steps == nil {
            faults.add("only a charge by load, per kw_month or per kva_month has a load", at: given)
        }
        let billed = load ?? BilledLoad(input: preset, rounding: nil, least: nil, above: nil, upTo: nil)
        if unit.isPerLoad || steps != nil { checkDecimal(billed.input, at: value) }
        let rate =
            try steps.map { RateChoice.byLoad(try slabs($0, isOpenEnded: isOpenEnded), input: billed.input) }
            ?? self.rate(value, isOpenEnded)
        return FixedCharge(
            unit: unit, rate: rate, load: unit.isPerLoad ? billed : nil,
            months: try value.optional("months")?.list().map { try $0.whole(in: 1...12) } ?? [])
    }

    private func load(_ value: YAMLValue, preset: String) throws -> BilledLoad {
        BilledLoad(
            input: try value.optional("input")?.text() ?? preset, rounding: try value.optional("round")?.rounding(),
            least: try value.optional("least")?.rate(), above: try value.optional("above")?.rate(),
            upTo: try value.optional("upto")?.rate())
    }

    private func checkDecimal(_ input: String, at value: YAMLValue) {
        guard inputs.first(where: { $0.name == input })?.kind != .decimal else { return }
        faults.add("'\(input)' is no decimal input of the tariff\(inputs.map(\.name).hint(for: input))", at: value)
    }

    private func unit(_ value: YAMLValue, _ isOpenEnded: Bool) throws -> UnitCharge {
        UnitCharge(
            rate: try rate(value, isOpenEnded), quantity: try value.optional("quantity").map(quantity) ?? .billed,
            cap: try value.optional("cap").map { try limit($0) } ?? nil, factor: try value.optional("factor")?.rate())
    }

    private func percent(_ value: YAMLValue, _ above: [String], _ isOpenEnded: Bool) throws -> PercentCharge {
        PercentCharge(
            rate: try rate(value, isOpenEnded), of: try names(value.value("of"), above: above),
            less: try value.optional("less").map { try names($0, above: above) } ?? [],
            shareAbove: try value.optional("share_above").map { try limit($0) } ?? nil,
            most: try value.optional("most")?.rate(),
            roundsEachSlab: try value.optional("round_each_slab")?.boolean() ?? false)
    }

    private func demand(_ value: YAMLValue) throws -> DemandCharge {
        let basis = try value.optional("billing_demand")?.word(DemandCharge.Basis.self) ?? .recorded
        let contract = try value.optional("contract")
        if let contract { checkDecimal(try contract.text(), at: contract) }
        let excess = try value.optional("excess_multiplier")?.rate()
        if contract == nil, basis != .recorded || excess != nil {
            faults.add("'contract' must name the input that tells the contract", at: value)
        }
        return DemandCharge(
            rate: try rates(value.value("rate")), basis: basis, contract: try contract?.text(),
            share: try value.optional("share")?.rate(), rounding: try value.optional("round")?.rounding(),
            excessMultiplier: excess)
    }

    /// Lines that must stand above.
    private func names(_ value: YAMLValue, above: [String]) throws -> [String] {
        try value.list().map { name in
            let text = try name.text()
            if !above.contains(text) { faults.add("'\(text)' is no line above\(above.hint(for: text))", at: name) }
            return text
        }
    }

    func quantity(_ value: YAMLValue) throws -> MeteredQuantity {
        let name = try value.text()
        if let known = MeteredQuantity.names.first(where: { $0.name == name }) { return known.quantity }
        if periods.contains(name) { return .timeOfUse(name) }
        throw value.fault(YAMLValue.unknownWord(name, MeteredQuantity.names.map(\.name) + periods))
    }

    private func rate(_ value: YAMLValue, _ isOpenEnded: Bool) throws -> RateChoice {
        if let series = try value.optional("series") { return try seriesRate(series) }
        guard let slabs = try value.optional("by_total") else {
            return .table(try rates(try value.optional("rate") ?? value.value("amount")))
        }
        let quantity = try value.optional("select_by").map(quantity) ?? .billed
        return .byTotal(try self.slabs(slabs, isOpenEnded: isOpenEnded, least: .zero), of: quantity)
    }

    private func seriesRate(_ value: YAMLValue) throws -> RateChoice {
        guard value.isTable else { return .series(try seriesName(value)) }
        return .seriesByMonths(
            try value.entries().reduce(into: [:]) { names, entry in
                _ = try entry.key.whole(in: 1...12)
                names[try entry.key.text()] = try seriesName(entry.value)
            })
    }

    private func seriesName(_ value: YAMLValue) throws -> String {
        let name = try value.text()
        if !series.contains(name) {
            faults.add("'\(name)' is no series of the tariff\(series.hint(for: name))", at: value)
        }
        return name
    }
}
