import Metering

/// Reckons a bill line by line, each line in every segment of the bill.
struct BillReckoning {
    private let tariff: Tariff
    private let terms: BillTerms
    private let consumption: MeteredConsumption
    private let account: Account
    private let months: Fraction
    private let whole: Quantities
    private let segments: [Segment]
    private let wholeSegment: Segment
    private var charges: [Charge] = []
    private var memos: Set<String> = []
    /// What each line came to in each segment, before rounding.
    private var ofSegments: [String: [Amount]] = [:]
    private var notes: [String]

    init(_ tariff: Tariff, _ consumption: MeteredConsumption, _ terms: BillTerms, notes: [String]) throws {
        self.tariff = tariff
        self.terms = terms
        self.consumption = consumption
        self.notes = notes + tariff.notes(onPresetsFor: terms.account)
        account = try tariff.completed(terms.account)
        months = terms.length ?? tariff.billing.length(of: terms.period, round: terms.months)
        guard months.numerator > 0 else { throw BillingError(.outOfRange, "a bill has a length of more than nothing") }
        whole = try Quantities(
            consumption, in: tariff, account: account, export: Self.exportRule(tariff, account, on: terms))
        let segmentation = Segmentation(
            tariff: tariff, terms: terms, account: account, consumption: consumption, whole: whole, months: months)
        segments = try segmentation.segments()
        guard let newest = segments.last else { throw BillingError(.noVersion, "the bill has no days") }
        wholeSegment = segmentation.wholeSegment(like: newest)
        for version in segments.map(\.version) { note(version) }
    }

    private mutating func note(_ version: TariffVersion) {
        guard let checked = version.checkedUntil, terms.period.lastDay > checked else { return }
        let note = "The tariff's rates were checked for days until \(checked); later orders may have changed them."
        if !notes.contains(note) { notes.append(note) }
    }

    /// The rule in force for energy given to the network: it decides what is billed, so it is looked for first, by what the
    /// account tells alone.
    private static func exportRule(_ tariff: Tariff, _ account: Account, on terms: BillTerms) -> ExportRule? {
        let version = tariff.version(on: terms.billDate) ?? tariff.version(on: terms.period.lastDay)
        for line in version?.lines ?? [] {
            guard case .export(let rule) = line.rule else { continue }
            let isExcepted = line.exceptions.contains { $0.allSatisfy { holds($0, for: account) ?? false } }
            if line.conditions.allSatisfy({ holds($0, for: account) ?? true }), !isExcepted { return rule }
        }
        return nil
    }

    /// Nil for what is not a value that the account tells.
    private static func holds(_ condition: Condition, for account: Account) -> Bool? {
        guard case .input(let name) = condition.subject, case .oneOf(let values) = condition.test else { return nil }
        return account.inputs[name].map(values.contains) ?? false
    }

    /// The bill; its lines stand in the order of the newest version.
    mutating func bill() throws -> Bill {
        let billed = try billedCharges()
        let rules = wholeSegment.version.rounding ?? tariff.rounding
        let total = rules.total(billed.map(\.amount).sum())
        guard let money = total.money(in: tariff.currency) else {
            throw BillingError(
                .outOfRange, "the total \(total) is not a whole number of minor units of \(tariff.currency.code)")
        }
        return Bill(
            tariff: tariff.id, currency: tariff.currency, period: terms.period, energy: consumption.energy,
            billedEnergy: whole.billed, charges: billed, total: money, notes: notes)
    }

    mutating func billedCharges() throws -> [Charge] {
        for id in linesInOrder { try reckon(id) }
        return charges.filter { !memos.contains($0.id) }
    }

    /// The totals at which the rate of energy changes, in rising order.
    mutating func slabLimits() throws -> [Energy] {
        let limits = try wholeSegment.version.lines.flatMap { line -> [Energy] in
            guard case .energy(let charge) = line.rule, !line.isCredit, !line.isMemo else { return [] }
            let reckoning = reckoning(of: line, in: wholeSegment)
            guard try reckoning.isBilled else { return [] }
            return try charge.classes.flatMap { try $0.slabs.compactMap(\.upTo).map(reckoning.limit) }
        }
        return Set(limits).sorted()
    }

    /// Line ids in the order of the newest version, then those that only older ones have.
    private var linesInOrder: [String] {
        var ids: [String] = []
        for segment in segments.reversed() {
            for line in segment.version.lines where !ids.contains(line.id) { ids.append(line.id) }
        }
        return ids
    }

    private mutating func reckon(_ id: String) throws {
        let lines = segments.enumerated().compactMap { index, segment in
            segment.version.lines.first { $0.id == id }.map { (index: index, segment: segment, line: $0) }
        }
        guard let newest = lines.last else { return }
        var ofSegments = [Amount](repeating: .zero, count: segments.count)
        var parts: [Charge.Part] = []
        if isReckonedOnce(lines.map(\.line)) {
            parts = try self.parts(of: newest.line, in: wholeSegment, index: nil) ?? []
            let sum = parts.map(\.amount).sum()
            for (index, segment, _) in lines { ofSegments[index] = sum * (segment.blend ?? segment.share) }
        } else {
            for (index, segment, line) in lines {
                let own = try self.parts(of: line, in: segment, index: index) ?? []
                let weighted = segment.blend.map { weight in own.map { $0.weighted(weight) } } ?? own
                ofSegments[index] = weighted.map(\.amount).sum()
                parts += weighted
            }
        }
        add(parts, ofSegments, of: newest.line)
    }

    private mutating func add(_ parts: [Charge.Part], _ ofSegments: [Amount], of line: TariffLine) {
        guard !parts.isEmpty else { return }
        let amount = rounding(of: line, in: wholeSegment)(parts.map(\.amount).sum())
        let isTakenOff = if case .export = line.rule { true } else { line.isCredit }
        charges.append(Charge(id: line.id, label: line.label, amount: isTakenOff ? -amount : amount, parts: parts))
        self.ofSegments[line.id] = isTakenOff ? ofSegments.map { -$0 } : ofSegments
        if line.isMemo { memos.insert(line.id) }
    }

    /// A percentage that is the same in every segment, a minimum and an export are of the whole bill.
    private func isReckonedOnce(_ lines: [TariffLine]) -> Bool {
        guard segments.count > 1 else { return false }
        switch lines[0].rule {
        case .minimum, .export: return true
        case .percent: return lines.count == segments.count && Set(lines).count == 1 && !lines[0].dependsOnSeason
        case .energy, .fixed, .perKilowattHour, .demand: return false
        }
    }

    private mutating func parts(of line: TariffLine, in segment: Segment, index: Int?) throws -> [Charge.Part]? {
        try reckoning(of: line, in: segment).parts(base: base(of: line, segment, index: index), notes: &notes)
    }

    private func reckoning(of line: TariffLine, in segment: Segment) -> LineReckoning {
        LineReckoning(
            tariff: tariff, terms: terms, account: account, whole: whole, months: months, demand: consumption.demand,
            segment: segment, line: line, rounding: rounding(of: line, in: segment))
    }

    private func rounding(of line: TariffLine, in segment: Segment) -> Rounding {
        line.rounding ?? (segment.version.rounding ?? tariff.rounding).line
    }

    /// A percentage of a stretch of days goes by what the lines came to in them; all others go by the lines of the bill.
    private func base(of line: TariffLine, _ segment: Segment, index: Int?) -> LineReckoning.Base? {
        let (ids, less): ([String], [String])
        switch line.rule {
        case .percent(let charge): (ids, less) = (charge.of, charge.less)
        case .minimum(let charge): (ids, less) = (charge.of.isEmpty ? billedLines : charge.of, [])
        default: return nil
        }
        let bases = charges.filter { ids.contains($0.id) }
        guard !bases.isEmpty else { return nil }
        return LineReckoning.Base(
            products: bases.flatMap(\.signedProducts), amount: amount(of: bases, segment, index),
            less: amount(of: charges.filter { less.contains($0.id) }, segment, index))
    }

    private func amount(of bases: [Charge], _ segment: Segment, _ index: Int?) -> Amount {
        guard let index, segments.count > 1, segment.blend == nil else { return bases.map(\.amount).sum() }
        return bases.map { ofSegments[$0.id]?[index] ?? .zero }.sum()
    }

    private var billedLines: [String] {
        charges.map(\.id).filter { !memos.contains($0) }
    }
}

extension Charge {
    /// What each product adds to the bill: a credit's take off.
    fileprivate var signedProducts: [Amount] {
        let isTakenOff = amount < .zero && parts.map(\.amount).sum() > .zero
        return parts.map { isTakenOff ? -$0.amount : $0.amount }
    }
}
