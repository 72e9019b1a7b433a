import Metering

/// Reckons the products of one line in one segment of a bill.
struct LineReckoning {
    let tariff: Tariff
    let terms: BillTerms
    /// With the tariff's presets filled in.
    let account: Account
    let whole: Quantities
    /// Of the whole bill.
    let months: Fraction
    let demand: Rate?
    let segment: Segment
    let line: TariffLine
    let rounding: Rounding

    /// What the line is a percentage of, or falls short of.
    struct Base {
        let products: [Amount]
        let amount: Amount
        /// The lines taken off the result.
        let less: Amount
    }

    /// The line's products before the weight of the segment; nil when the bill has no such line.
    ///
    /// - Parameter base: the lines above that a percentage or a minimum goes by; nil when the bill has none of them.
    func parts(base: Base?, notes: inout [String]) throws -> [Charge.Part]? {
        guard try isBilled else { return nil }
        switch line.rule {
        case .energy(let charge): return try energyParts(charge, notes: &notes)
        case .fixed(let charge): return try fixedPart(charge, notes: &notes).map { [$0] }
        case .perKilowattHour(let charge): return try unitParts(charge, notes: &notes)
        case .percent(let charge): return try base.flatMap { try percentParts(charge, $0, notes: &notes) }
        case .minimum(let charge): return try minimumPart(charge, above: base?.amount ?? .zero).map { [$0] }
        case .demand(let charge): return try demandParts(charge)
        case .export(let rule): return try exportPart(rule).map { [$0] }
        }
    }

    private func fixedPart(_ charge: FixedCharge, notes: inout [String]) throws -> Charge.Part? {
        guard charge.months.isEmpty || charge.months.contains(terms.billDate.month),
            let rate = try rate(charge.rate, notes: &notes)
        else { return nil }
        switch charge.unit {
        case .month: return times(segment.months, rate)
        case .wholeMonth: return times(Fraction(max(1, months.nearestWhole)) * segment.share, rate)
        case .day: return part(.days(segment.dayCount), rate, Fraction(Int64(segment.dayCount)) * rate)
        case .bill: return wholeBill(rate)
        case .kilowattMonth, .kilovoltAmpereMonth:
            guard let load = charge.load else { return nil }
            let billed = load.billed(try number(of: load.input))
            let amount = Fraction(billed) * segment.months * rate
            return part(.load(billed, months: segment.months), rate, amount)
        }
    }

    private func times(_ months: Fraction, _ rate: Rate) -> Charge.Part {
        part(.months(months), rate, months * rate)
    }

    private func wholeBill(_ rate: Rate) -> Charge.Part {
        let whole = part(.bill, rate, Fraction.one * rate)
        return segment.share == .one ? whole : whole.weighted(segment.share)
    }

    private func unitParts(_ charge: UnitCharge, notes: inout [String]) throws -> [Charge.Part]? {
        let energy = segment.quantities.energy(charge.quantity)
        let capped = try charge.cap.map { min(energy, try limit($0)) } ?? energy
        if case .table(let table) = charge.rate, table.dependsOnTimeOfUse {
            let periods = try periods(of: charge.quantity, total: energy)
            let shared = capped == energy ? periods : MeteredConsumption(byPeriod: periods).scaled(to: capped).byPeriod
            return try names(in: shared).map { name in
                let rate = try rate(table, in: name)
                return part(shared[name] ?? .zero, lost(rate, charge.factor), in: name)
            }
        }
        guard let rate = try rate(charge.rate, notes: &notes) else { return nil }
        return [part(capped, lost(rate, charge.factor))]
    }

    private func lost(_ rate: Rate, _ factor: Rate?) -> Rate {
        factor.map { rate * $0 } ?? rate
    }

    private func percentParts(_ charge: PercentCharge, _ base: Base, notes: inout [String]) throws -> [Charge.Part]? {
        guard let rate = try rate(charge.rate, notes: &notes) else { return nil }
        let share = try charge.shareAbove.map { try shareAbove(limit($0)) } ?? .one
        if let most = charge.most, base.amount.percent(rate) > segment.months * most {
            return [times(segment.months, most)]
        }
        let bases = charge.roundsEachSlab ? base.products : [base.amount]
        let parts = bases.map { base in
            let taken = share == .one ? base : base * share
            let part = part(.base(taken), rate, taken.percent(rate))
            return charge.roundsEachSlab ? part.rounded(rounding) : part
        }
        guard base.less != .zero else { return parts }
        return parts + [part(.base(base.less), Rate(billionths: -100 * Rate.one), -base.less)]
    }

    private func shareAbove(_ limit: Energy) -> Fraction {
        let billed = segment.quantities.billed
        guard billed > limit else { return .zero }
        return Fraction((billed - limit).milliwattHours, over: billed.milliwattHours)
    }

    private func minimumPart(_ charge: MinimumCharge, above: Amount) throws -> Charge.Part? {
        let rate = try rate(charge.amount)
        let least = (charge.unit == .month ? months : .one) * rate
        guard above < least else { return nil }
        return part(.shortfall(least - above), Rate(billionths: Rate.one), least - above)
    }

    private func demandParts(_ charge: DemandCharge) throws -> [Charge.Part] {
        let rate = try rate(charge.rate)
        let contract = try charge.contract.map(number)
        let recorded = try recordedDemand(charge)
        let held = max(recorded ?? .zero, contract.flatMap { told in charge.share.map { told * $0 } } ?? .zero)
        let basis = charge.basis == .contract ? contract ?? .zero : held
        let rounded = charge.rounding?(basis) ?? basis
        guard let multiplier = charge.excessMultiplier, let contract, rounded > contract else {
            return [load(rounded, rate)]
        }
        return [
            load(contract, rate), load(Rate(billionths: rounded.billionths - contract.billionths), rate * multiplier),
        ]
    }

    private func recordedDemand(_ charge: DemandCharge) throws -> Rate? {
        guard demand == nil, charge.basis != .contract else { return demand }
        throw BillingError(.missingInput, "tariff \(tariff.id) asks for the greatest demand recorded in the period")
    }

    private func load(_ load: Rate, _ rate: Rate) -> Charge.Part {
        part(.load(load, months: segment.months), rate, Fraction(load) * segment.months * rate)
    }

    private func exportPart(_ rule: ExportRule) throws -> Charge.Part? {
        let rate = try rule.rate.map { try self.rate($0) }
        switch rule.method {
        case .netBilling, .buyAllSellAll:
            let sold = rule.method == .netBilling ? whole.given : whole.made
            return sold > .zero ? rate.map { part(sold, $0) } : nil
        case .netEnergy:
            guard whole.surplus > .zero else { return nil }
            let isSettled = rule.settleMonth.map { $0 == terms.billDate.month } ?? !rule.banks
            if isSettled { return rate.map { part(whole.surplus, $0) } }
            return rule.banks ? part(.carried(whole.surplus), .zero, .zero) : nil
        }
    }

    func part(_ energy: Energy, _ rate: Rate, in period: String? = nil) -> Charge.Part {
        Charge.Part(quantity: .energy(energy), rate: rate, amount: energy * rate, period: period)
    }

    private func part(_ quantity: Charge.Quantity, _ rate: Rate, _ amount: Amount) -> Charge.Part {
        Charge.Part(quantity: quantity, rate: rate, amount: amount)
    }
}
