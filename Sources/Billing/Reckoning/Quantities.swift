import Metering

/// The meter's figures as a bill, or a stretch of its days, charges them.
struct Quantities {
    var taken = Energy.zero
    /// Empty where the meter does not tell times of use.
    var takenByPeriod: [String: Energy] = [:]
    var given = Energy.zero
    var made = Energy.zero
    /// Whether a meter told what was made.
    var isMadeTold = true
    var gross = Energy.zero
    var net = Energy.zero
    var billed = Energy.zero
    var billedByPeriod: [String: Energy] = [:]
    /// Given and not used up.
    var surplus = Energy.zero
    /// What was billed in order of time, each stretch with its period; empty where only totals are known.
    var sequence: [(period: String?, energy: Energy)] = []

    func energy(_ quantity: MeteredQuantity) -> Energy {
        switch quantity {
        case .taken: taken
        case .given: given
        case .net: net
        case .billed: billed
        case .gross: gross
        case .made: made
        case .timeOfUse(let name): billedByPeriod[name] ?? .zero
        }
    }

    /// The quantity by times of use; empty where they are not known.
    func byPeriod(_ quantity: MeteredQuantity) -> [String: Energy] {
        switch quantity {
        case .billed: billedByPeriod
        case .taken: takenByPeriod
        case .given, .net, .gross, .made, .timeOfUse: [:]
        }
    }

    /// The part that falls between two shares of the days; neighbouring parts add up to the whole.
    func part(from first: Fraction, to end: Fraction) -> Quantities {
        func cut(_ energy: Energy) -> Energy { energy * end - energy * first }
        var part = Quantities()
        part.takenByPeriod = takenByPeriod.mapValues(cut)
        part.billedByPeriod = billedByPeriod.mapValues(cut)
        part.taken = takenByPeriod.isEmpty ? cut(taken) : part.takenByPeriod.values.sum()
        part.billed = billedByPeriod.isEmpty ? cut(billed) : part.billedByPeriod.values.sum()
        part.given = cut(given)
        part.made = cut(made)
        part.gross = cut(gross)
        part.net = cut(net)
        part.surplus = cut(surplus)
        return part
    }
}

extension Quantities {
    /// Takes what the meter says as the tariff's rounding and export rule have it.
    init(_ consumption: MeteredConsumption, in tariff: Tariff, account: Account, export: ExportRule?) throws {
        guard
            [consumption.energy, consumption.export, consumption.generation ?? .zero, consumption.banked].allSatisfy(
                Self.range.contains)
        else {
            throw BillingError(.outOfRange, "energy lies between zero and a thousand million kWh")
        }
        let rounding = tariff.rounding.quantity
        func whole(_ energy: Energy) -> Energy { rounding?(energy) ?? energy }
        let periods = try consumption.periods(in: tariff, account: account)
        takenByPeriod = periods.mapValues(whole)
        taken = periods.isEmpty ? whole(consumption.energy) : takenByPeriod.values.sum()
        given = whole(consumption.export)
        made = whole(consumption.generation ?? .zero)
        isMadeTold = consumption.generation != nil || consumption.export == .zero
        gross = max(.zero, taken + made - given)
        let balance = taken - given - consumption.banked
        net = max(.zero, balance)
        surplus = max(.zero, .zero - balance)
        switch export?.method {
        case .netEnergy: billed = net
        case .buyAllSellAll: billed = gross
        case .netBilling, nil: billed = taken
        }
        billedByPeriod = billed == taken ? takenByPeriod : netted(consumption, names: tariff.timeOfUse?.names ?? [])
        if billed == consumption.energy { sequence = consumption.sequence(in: tariff) }
    }

    private static let range = Energy.zero...Energy.kilowattHours(1_000_000_000)

    /// Each period less what was given in it; what is left over goes to the others in the order of the file. Where exports
    /// are not told by period, every period keeps its proportion.
    private func netted(_ consumption: MeteredConsumption, names: [String]) -> [String: Energy] {
        guard !takenByPeriod.isEmpty else { return [:] }
        guard !consumption.exportByPeriod.isEmpty, billed == net else {
            return MeteredConsumption(byPeriod: takenByPeriod).scaled(to: billed).byPeriod
        }
        var left = takenByPeriod.merging(consumption.exportByPeriod.mapValues { .zero - $0 }, uniquingKeysWith: +)
        var excess = consumption.banked
        for (name, energy) in left where energy < .zero {
            excess += .zero - energy
            left[name] = .zero
        }
        for name in names {
            let used = min(excess, left[name] ?? .zero)
            left[name] = (left[name] ?? .zero) - used
            excess = excess - used
        }
        return left.filter { takenByPeriod[$0.key] != nil }
    }
}

extension MeteredConsumption {
    /// Energy by the tariff's times of use, from what is told or from the hours.
    ///
    /// - Parameter account: tells whether the utility's meter has the periods; nil to take the hours whatever it has.
    func periods(in tariff: Tariff, account: Account?) throws -> [String: Energy] {
        guard let timeOfUse = tariff.timeOfUse else {
            guard byPeriod.isEmpty else {
                throw BillingError(.outOfRange, "tariff \(tariff.id) knows no time-of-use periods")
            }
            return [:]
        }
        guard byPeriod.isEmpty else {
            for name in byPeriod.keys.sorted() where !timeOfUse.names.contains(name) {
                throw BillingError(
                    .outOfRange,
                    "'\(name)' is no period of tariff \(tariff.id): \(timeOfUse.names.joined(separator: ", "))")
            }
            guard byPeriod.values.sum() == energy else {
                throw BillingError(.outOfRange, "the energy of the periods does not add up to the total")
            }
            return byPeriod
        }
        if let account, !timeOfUse.appliesToHours(of: account) { return [:] }
        return hours.reduce(into: [:]) { periods, hour in
            guard let name = timeOfUse.period(on: hour.day, minute: hour.minute) else { return }
            periods[name, default: .zero] += hour.energy
        }
    }

    fileprivate func sequence(in tariff: Tariff) -> [(period: String?, energy: Energy)] {
        hours.map { (tariff.timeOfUse?.period(on: $0.day, minute: $0.minute), $0.energy) }
    }
}
