import Metering

extension LineReckoning {
    /// The rate that is in force for the bill; nil where a series has none for the month, which is noted.
    func rate(_ choice: RateChoice, notes: inout [String]) throws -> Rate? {
        switch choice {
        case .table(let table):
            return try rate(table)
        case .byTotal(let slabs, let quantity):
            if quantity == .gross, !whole.isMadeTold {
                note("\(line.label) goes by all units used, but what the plant made was not told.", in: &notes)
            }
            return try rate(slab(holding: segment.basis.quantities.energy(quantity), in: slabs).rate)
        case .byLoad(let slabs, let input):
            return try rate(step(holding: number(of: input), in: slabs).rate)
        case .series(let name):
            return seriesRate(name, notes: &notes)
        case .seriesByMonths(let names):
            guard let name = names[months.description] ?? names[String(max(1, months.nearestWhole))] else { return nil }
            return seriesRate(name, notes: &notes)
        }
    }

    /// Says it once.
    func note(_ text: String, in notes: inout [String]) {
        if !notes.contains(text) { notes.append(text) }
    }

    private func step(holding load: Rate, in slabs: [Slab]) throws -> Slab {
        for slab in slabs {
            guard let upTo = slab.upTo else { return slab }
            if load <= (try rate(upTo.amount)) { return slab }
        }
        throw BillingError(.outOfRange, "no step of '\(line.label)' in tariff \(tariff.id) holds a load of \(load)")
    }

    private func seriesRate(_ name: String, notes: inout [String]) -> Rate? {
        let month = terms.billDate.inMonth
        guard let rate = tariff.series[name]?[month] else {
            note("\(line.label) is not part of this bill: the tariff file gives no rate for \(month).", in: &notes)
            return nil
        }
        return rate
    }

    /// - Parameter period: the time of use whose rate is wanted; nil where it does not matter.
    func rate(_ table: RateTable, in period: String? = nil) throws -> Rate {
        switch table {
        case .rate(let rate):
            return rate
        case .told(let input):
            return try number(of: input)
        case .unknown:
            throw BillingError(
                .outOfRange,
                "the sources of tariff \(tariff.id) do not give the rate of '\(line.label)' that this bill needs")
        case .by(let dimension, let rates):
            let key = try key(for: dimension, in: period)
            guard let rate = rates[key] else {
                throw BillingError(.missingInput, "tariff \(tariff.id) has no rate of '\(line.label)' for '\(key)'")
            }
            return try self.rate(rate, in: period)
        }
    }

    private func key(for dimension: RateTable.Dimension, in period: String?) throws -> String {
        switch dimension {
        case .input(let name): try value(of: name)
        case .months: months.description
        case .season: segment.season ?? ""
        case .timeOfUse: period ?? ""
        }
    }

    private func value(of input: String) throws -> String {
        guard let value = account.inputs[input] else {
            throw BillingError(.missingInput, "'\(line.label)' asks for '\(input)', which the household does not tell")
        }
        return value
    }

    func number(of input: String) throws -> Rate {
        let text = try value(of: input)
        guard let number = Rate(text) else {
            throw BillingError(.missingInput, "the input '\(input)' must be a number, not '\(text)'")
        }
        return number
    }

    /// What a limit allows the segment.
    func limit(_ limit: Limit) throws -> Energy {
        try self.limit(limit, months: segment.months, days: segment.dayCount)
    }

    /// Whether an amount of energy of the segment's basis lies within a limit.
    func isWithin(_ limit: Limit, _ energy: Energy) throws -> Bool {
        energy <= (try self.limit(limit, months: segment.basis.months, days: segment.basis.dayCount))
    }

    private func limit(_ limit: Limit, months: Fraction, days: Int) throws -> Energy {
        let amount = try rate(limit.amount)
        let length = limit.unit == .day ? Fraction(Int64(days)) : months
        let scaled = Int128(amount.billionths) * length.numerator
        let energy = Energy(milliwattHours: Int64(nearest(scaled, over: 1000 * length.denominator)))
        return (segment.version.rounding ?? tariff.rounding).limits?(energy) ?? energy
    }

    /// - Parameter energy: of the segment's basis.
    func slab(holding energy: Energy, in slabs: [Slab]) throws -> Slab {
        for slab in slabs where try slab.upTo.map({ try isWithin($0, energy) }) ?? true { return slab }
        throw BillingError(
            .outOfRange, "no slab of '\(line.label)' in tariff \(tariff.id) holds \(energy.kilowattHoursText) kWh")
    }
}

extension LineReckoning {
    /// Whether all of the line's conditions hold, and of no list of exceptions all.
    var isBilled: Bool {
        get throws {
            guard try line.conditions.allSatisfy(holds) else { return false }
            return try !line.exceptions.contains { try $0.allSatisfy(holds) }
        }
    }

    private func holds(_ condition: Condition) throws -> Bool {
        switch condition.test {
        case .oneOf(let values):
            guard let text = text(of: condition.subject) else { return false }
            return values.contains { $0 == text || Int($0).map(String.init) == text }
        case .range(let above, let from, let upTo, let below):
            guard let (value, scale) = try number(of: condition.subject) else { return false }
            func scaled(_ rate: Rate) -> Int128 { Int128(rate.billionths) * scale }
            return above.map { value > scaled($0) } ?? true && from.map { value >= scaled($0) } ?? true
                && upTo.map { value <= scaled($0) } ?? true && below.map { value < scaled($0) } ?? true
        }
    }

    /// Nil for an optional input that was not told.
    private func text(of subject: Condition.Subject) -> String? {
        switch subject {
        case .input(let name): account.inputs[name]
        case .billingMonths: months.description
        case .billMonth: String(terms.billDate.month)
        case .season: segment.season
        case .perMonth(let quantity):
            (whole.energy(quantity) * Fraction(months.denominator, over: months.numerator)).kilowattHoursText
        }
    }

    /// The subject times a scale in billionths, so that a monthly mean needs no division.
    private func number(of subject: Condition.Subject) throws -> (value: Int128, scale: Int128)? {
        switch subject {
        case .perMonth(let quantity):
            let energy = Int128(whole.energy(quantity).milliwattHours) * 1000
            return (energy * months.denominator, months.numerator)
        case .billingMonths:
            return (months.numerator * Int128(Rate.one), months.denominator)
        case .billMonth:
            return (Int128(terms.billDate.month) * Int128(Rate.one), 1)
        case .season:
            return nil
        case .input(let name):
            guard account.inputs[name] != nil else { return nil }
            return (Int128(try number(of: name).billionths), 1)
        }
    }
}
