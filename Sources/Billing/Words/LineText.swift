/// One line of a tariff in words, its slabs as a table.
struct LineText {
    private let line: TariffLine
    private let version: TariffVersion
    private let tariff: Tariff

    init(_ line: TariffLine, in version: TariffVersion, of tariff: Tariff) {
        self.line = line
        self.version = version
        self.tariff = tariff
    }

    var lines: [String] {
        let kind = (line.isCredit ? ["taken off"] : []) + (line.isMemo ? ["a step of the reckoning, not billed"] : [])
        let title = "\(line.label) [\(line.id)]" + (kind.isEmpty ? "" : " — " + kind.joined(separator: ", "))
        return [title] + conditions.map { "  " + $0 } + rule.map { "  " + $0 }
    }

    private var conditions: [String] {
        let holding =
            line.conditions.isEmpty ? [] : ["only when " + line.conditions.map(words).joined(separator: " and ")]
        return holding + line.exceptions.map { "not when " + $0.map(words).joined(separator: " and ") }
    }

    private func words(_ condition: Condition) -> String {
        let subject =
            switch condition.subject {
            case .perMonth(let quantity): "\(quantity.words) a month"
            case .billingMonths: "the bill's months"
            case .billMonth: "the bill's calendar month"
            case .season: "the season"
            case .input(let name): name
            }
        switch condition.test {
        case .oneOf(let values): return "\(subject) is \(values.joined(separator: " or "))"
        case .range(let above, let from, let upTo, let below):
            let parts = [("above", above), ("from", from), ("up to", upTo), ("below", below)]
            return "\(subject) is "
                + parts.compactMap { word, rate in rate.map { "\(word) \(plain($0))" } }.joined(separator: ", ")
        }
    }

    private var rule: [String] {
        switch line.rule {
        case .energy(let charge):
            return charge.classes.enumerated().flatMap { slabClass($1, isAlone: charge.classes.count == 1, after: $0) }
        case .fixed(let charge): return rate(charge.rate, per: words(charge.unit)) + load(charge.load)
        case .perKilowattHour(let charge):
            let losses = charge.factor.map { ["for energy × \(plain($0))"] } ?? []
            return rate(charge.rate, per: "a kWh of \(charge.quantity.words)") + losses
                + (charge.cap.map { ["for at most \(words($0))"] } ?? [])
        case .percent(let charge): return percent(charge)
        case .minimum(let charge):
            return ["at least \(words(charge.amount)) \(charge.unit == .month ? "a month" : "a bill")"]
        case .demand(let charge): return ["\(words(charge.rate)) for each unit of demand and month"]
        case .export(let rule): return export(rule)
        }
    }

    private func slabClass(_ slabClass: SlabClass, isAlone: Bool, after index: Int) -> [String] {
        let range =
            slabClass.upTo.map { "total up to \(words($0))" } ?? (index == 0 ? "every total" : "any greater total")
        let style =
            slabClass.style == .whole ? "the slab reached charges every unit" : "each slab charges its own units"
        let factors =
            slabClass.factors.isEmpty
            ? []
            : [
                "  × "
                    + (tariff.timeOfUse?.names ?? []).compactMap { name in
                        slabClass.factors[name].map { "\(name) \(plain($0))" }
                    }.joined(separator: ", ")
            ]
        if isAlone, slabClass.slabs.count == 1, let only = slabClass.slabs.first {
            return ["\(words(only.rate)) a kWh"] + factors
        }
        return ["\(range): \(style)"] + table(slabClass.slabs, per: "a kWh").map { "  " + $0 } + factors
    }

    private func table(_ slabs: [Slab], per unit: String) -> [String] {
        table(slabs, per: unit, limit: words)
    }

    private func table(_ slabs: [Slab], per unit: String, limit: (Limit) -> String) -> [String] {
        let limits = slabs.map { $0.upTo.map { "up to " + limit($0) } ?? (slabs.count == 1 ? "all" : "above") }
        let width = limits.map(\.count).max() ?? 0
        return zip(limits, slabs).map { limit, slab in
            limit + String(repeating: " ", count: width - limit.count) + "  \(words(slab.rate)) \(unit)"
        }
    }

    private func rate(_ choice: RateChoice, per unit: String) -> [String] {
        switch choice {
        case .table(let table): return ["\(words(table)) \(unit)"]
        case .byTotal(let slabs, let quantity):
            return ["by the total of \(quantity.words):"] + table(slabs, per: unit).map { "  " + $0 }
        case .byLoad(let slabs, let input):
            return ["by \(input):"] + table(slabs, per: unit) { plain($0.amount) }.map { "  " + $0 }
        case .series(let name): return ["by the month of the bill (\(unit)):"] + series(name)
        case .seriesByMonths(let names):
            return names.sorted { $0.key < $1.key }.flatMap { months, name in
                [
                    "by the month of the bill, for bills of \(months == "1" ? "one month" : "\(months) months") (\(unit)):"
                ] + series(name)
            }
        }
    }

    private func series(_ name: String) -> [String] {
        let rates = (tariff.series[name] ?? [:]).sorted { $0.key < $1.key }.suffix(12)
        return ["  " + rates.map { "\($0.key) \(plain($0.value))" }.joined(separator: ", ")]
    }

    private func words(_ unit: FixedCharge.Unit) -> String {
        switch unit {
        case .month: "a month"
        case .wholeMonth: "a whole month"
        case .bill: "a bill"
        case .day: "a day"
        case .kilowattMonth: "a kW and month"
        case .kilovoltAmpereMonth: "a kVA and month"
        }
    }

    private func load(_ load: BilledLoad?) -> [String] {
        guard let load else { return [] }
        let parts = [("at least", load.least), ("above", load.above), ("up to", load.upTo)]
        let range = parts.compactMap { word, rate in rate.map { ", \(word) \(plain($0))" } }.joined()
        return ["of \(load.input)\(range)" + (load.rounding.map { ", to the nearest \(plain($0.step))" } ?? "")]
    }

    private func percent(_ charge: PercentCharge) -> [String] {
        let names = charge.of.map(label).joined(separator: " + ")
        let less = charge.less.isEmpty ? [] : ["less " + charge.less.map(label).joined(separator: " + ")]
        let share = charge.shareAbove.map { ["of the share of the units above \(words($0))"] } ?? []
        let most = charge.most.map { ["at most \(plain($0)) a month"] } ?? []
        if case .table(let table) = charge.rate { return ["\(plain(table)) % of \(names)"] + less + share + most }
        return rate(charge.rate, per: "%") + ["of \(names)"] + less + share + most
    }

    private func label(_ id: String) -> String {
        version.lines.first { $0.id == id }?.label ?? id
    }

    private func export(_ rule: ExportRule) -> [String] {
        let method =
            switch rule.method {
            case .netEnergy: "units given are taken off the units billed"
            case .netBilling: "units given are paid for; units taken are billed in full"
            case .buyAllSellAll: "all units made are paid for; all units used are billed"
            }
        let bank = rule.banks ? ["what is left is kept for the next bill"] : []
        let settle = rule.settleMonth.map { ["and settled in month \($0)"] } ?? []
        return [method] + bank + settle + (rule.rate.map { ["\(words($0)) a kWh"] } ?? [])
    }

    private func words(_ limit: Limit) -> String {
        plain(limit.amount) + (limit.unit == .day ? " kWh a day" : " kWh")
    }

    private func words(_ table: RateTable) -> String {
        switch table {
        case .rate(let rate): return rate.description
        case .unknown: return "not known"
        case .told(let input): return "as '\(input)' tells"
        case .by(let dimension, let rates):
            return keys(of: dimension, rates).compactMap { key in
                rates[key].map { rate in
                    if case .by = rate { "\(key) (\(words(rate)))" } else { "\(key) \(words(rate))" }
                }
            }.joined(separator: ", ")
        }
    }

    /// In the order of the file where it tells one.
    private func keys(of dimension: RateTable.Dimension, _ rates: [String: RateTable]) -> [String] {
        switch dimension {
        case .season: return tariff.seasons.map(\.name)
        case .timeOfUse: return tariff.timeOfUse?.names ?? []
        case .input(let name):
            if case .choice(let values)? = tariff.inputs.first(where: { $0.name == name })?.kind { return values }
            return ["true", "false"]
        case .months: return rates.keys.sorted()
        }
    }

    private func plain(_ table: RateTable) -> String {
        if case .rate(let rate) = table { plain(rate) } else { words(table) }
    }

    private func plain(_ rate: Rate) -> String {
        decimalText(ofWholeNumber: Int128(rate.billionths), places: Rate.places, least: 0)
    }
}

extension MeteredQuantity {
    /// `units taken`, as a person says it.
    var words: String {
        switch self {
        case .taken: "units taken"
        case .given: "units given"
        case .net: "net units"
        case .billed: "units billed"
        case .gross: "units used"
        case .made: "units made"
        case .timeOfUse(let name): "units of \(name)"
        }
    }
}
