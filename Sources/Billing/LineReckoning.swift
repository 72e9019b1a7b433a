import Metering

/// Reckons one line of a bill from what is known when its turn comes.
struct LineReckoning {
    let tariff: Tariff
    let energy: Energy
    let months: Int
    let period: BillingPeriod
    let account: Account
    /// The lines above, for percentages of them.
    let earlier: [Charge]

    /// The charge of a line as its versions have it; nil when no version bills it.
    func charge(_ versions: [(line: TariffLine, weight: Rate?)], notes: inout [String]) throws
        -> Charge?
    {
        var parts: [Charge.Part] = []
        for (line, weight) in versions where try line.conditions.allSatisfy(holds) {
            let rounding = line.rounding ?? tariff.lineRounding
            let ofVersion = try products(of: line, notes: &notes)
            guard let weight else {
                return charge(of: line, ofVersion, rounding(ofVersion.map(\.amount).reduce(.zero, +)))
            }
            parts += ofVersion.map { part in
                Charge.Part(
                    quantity: part.quantity, rate: part.rate, weight: weight, amount: part.amount * weight)
            }
        }
        guard !parts.isEmpty, let line = versions.last?.line else { return nil }
        let rounding = line.rounding ?? tariff.lineRounding
        return charge(of: line, parts, rounding(parts.map(\.amount).reduce(.zero, +)))
    }

    private func charge(of line: TariffLine, _ parts: [Charge.Part], _ amount: Amount) -> Charge? {
        guard !parts.isEmpty else { return nil }
        return Charge(
            id: line.id, label: line.label, amount: line.isCredit ? -amount : amount, parts: parts)
    }

    private func products(of line: TariffLine, notes: inout [String]) throws -> [Charge.Part] {
        switch line.rule {
        case .energy(let classes): try energyProducts(classes)
        case .fixed(let charge): [try fixedProduct(charge)]
        case .perKilowattHour(let charge): try unitProducts(charge, label: line.label, notes: &notes)
        case .percent(let rate, let ids): [try percentProduct(rate, of: ids)]
        }
    }

    private func energyProducts(_ classes: [SlabClass]) throws -> [Charge.Part] {
        guard let reached = classes.first(where: { $0.upTo.map { energy <= limit($0) } ?? true }) else {
            return []
        }
        switch reached.style {
        case .whole:
            let rate = try rate(slab(holding: energy, in: reached.slabs).rate)
            return [part(.energy(energy), rate, energy * rate)]
        case .telescopic:
            return try telescopic(reached.slabs)
        }
    }

    private func telescopic(_ slabs: [Slab]) throws -> [Charge.Part] {
        let floors = [Energy.zero] + slabs.compactMap(\.upTo).map(limit)
        let filled = zip(floors, slabs).filter { floor, _ in floor < energy }
        return try (filled.isEmpty ? Array(zip(floors, slabs).prefix(1)) : filled).map { floor, slab in
            let units = min(energy, slab.upTo.map(limit) ?? energy) - floor
            let rate = try rate(slab.rate)
            return part(.energy(units), rate, units * rate)
        }
    }

    private func fixedProduct(_ charge: FixedCharge) throws -> Charge.Part {
        let rate = try rate(slab(holding: energy, in: charge.slabs).rate)
        switch charge.unit {
        case .month: return part(.months(months), rate, months * rate)
        case .day: return part(.days(period.dayCount), rate, period.dayCount * rate)
        case .bill: return part(.bill, rate, 1 * rate)
        }
    }

    private func unitProducts(_ charge: UnitCharge, label: String, notes: inout [String]) throws
        -> [Charge.Part]
    {
        let rate: Rate
        switch charge.price {
        case .rate(let table): rate = try self.rate(table)
        case .series(let name):
            let month = period.lastDay.inMonth
            guard let ofMonth = tariff.series[name]?[month] else {
                let note = "\(label) is not part of this bill: the tariff file gives no rate for \(month)."
                if !notes.contains(note) { notes.append(note) }
                return []
            }
            rate = ofMonth
        }
        return [part(.energy(energy), rate, energy * rate)]
    }

    private func percentProduct(_ table: RateTable, of ids: [String]) throws -> Charge.Part {
        let base = earlier.filter { ids.contains($0.id) }.map(\.amount).reduce(.zero, +)
        let rate = try rate(table)
        return part(.base(base), rate, base.percent(rate))
    }

    private func part(_ quantity: Charge.Quantity, _ rate: Rate, _ amount: Amount) -> Charge.Part {
        Charge.Part(quantity: quantity, rate: rate, weight: nil, amount: amount)
    }

    /// A limit of the order is for one month.
    private func limit(_ monthly: Energy) -> Energy {
        Energy(milliwattHours: monthly.milliwattHours * Int64(months))
    }

    private func slab(holding energy: Energy, in slabs: [Slab]) throws -> Slab {
        guard let slab = slabs.first(where: { $0.upTo.map { energy <= limit($0) } ?? true }) else {
            throw BillingError(
                .outOfRange, "no slab of tariff \(tariff.id) holds \(energy.kilowattHours) kWh")
        }
        return slab
    }

    private func rate(_ table: RateTable) throws -> Rate {
        switch table {
        case .rate(let rate): return rate
        case .byInput(let input, let rates):
            let value = try account.value(of: input)
            guard let rate = rates[value] else {
                throw BillingError(.missingInput, "tariff \(tariff.id) has no rate for \(input) '\(value)'")
            }
            return try self.rate(rate)
        }
    }

    private func holds(_ condition: Condition) throws -> Bool {
        switch condition.test {
        case .oneOf(let values):
            return values.contains(try text(of: condition.subject))
        case .range(let above, let from, let upTo, let below):
            let (value, scale) = try number(of: condition.subject)
            return above.map { value > scaled($0, scale) } ?? true
                && from.map { value >= scaled($0, scale) } ?? true
                && upTo.map { value <= scaled($0, scale) } ?? true
                && below.map { value < scaled($0, scale) } ?? true
        }
    }

    private func scaled(_ rate: Rate, _ scale: Int128) -> Int128 {
        Int128(rate.billionths) * scale
    }

    private func text(of subject: Condition.Subject) throws -> String {
        switch subject {
        case .input(let name): try account.value(of: name)
        case .billingMonths: String(months)
        case .importPerMonth: String(energy.milliwattHours / Int64(months) / Energy.perKilowattHour)
        }
    }

    /// The subject times a scale in billionths, so that a monthly mean needs no division.
    private func number(of subject: Condition.Subject) throws -> (value: Int128, scale: Int128) {
        switch subject {
        case .importPerMonth: return (Int128(energy.milliwattHours) * 1000, Int128(months))
        case .billingMonths: return (Int128(months) * Int128(Rate.one), 1)
        case .input(let name):
            let text = try account.value(of: name)
            guard let number = Rate(text) else {
                throw BillingError(.missingInput, "the input '\(name)' must be a number, not '\(text)'")
            }
            return (Int128(number.billionths), 1)
        }
    }
}
