import Metering

extension LineReckoning {
    /// The units of one slab, by time of use; the name is nil where the time does not matter.
    private struct SlabUnits {
        let slab: Slab
        let units: [(period: String?, energy: Energy)]
    }

    func energyParts(_ charge: EnergyCharge, notes: inout [String]) throws -> [Charge.Part] {
        let reached = try classReached(charge)
        let filled = try slabUnits(charge, in: reached, notes: &notes)
        let parts = try filled.flatMap { filled in
            try filled.units.map { period, energy in
                let rate = try rate(filled.slab.rate, in: period)
                let factor = period.flatMap { reached.factors[$0] }
                return part(energy, factor.map { rate * $0 } ?? rate, in: period)
            }
        }
        return charge.roundsEachSlab ? parts.map { $0.rounded(rounding) } : parts
    }

    private func classReached(_ charge: EnergyCharge) throws -> SlabClass {
        let total = segment.basis.quantities.energy(charge.selectBy)
        for reached in charge.classes where try reached.upTo.map({ try isWithin($0, total) }) ?? true { return reached }
        throw BillingError(
            .outOfRange, "no class of '\(line.label)' in tariff \(tariff.id) holds \(total.kilowattHoursText) kWh")
    }

    private func slabUnits(
        _ charge: EnergyCharge, in reached: SlabClass, notes: inout [String]
    ) throws -> [SlabUnits] {
        let energy = segment.quantities.energy(charge.quantity)
        let total = segment.basis.quantities.energy(charge.quantity)
        let periods = try periods(for: charge, in: reached, notes: &notes)
        switch reached.style {
        case .whole:
            let slab = try slab(holding: segment.basis.quantities.energy(charge.selectBy), in: reached.slabs)
            return [SlabUnits(slab: slab, units: units(of: energy, periods))]
        case .telescopic:
            guard !periods.isEmpty else {
                return try ladder(energy, of: total, reached.slabs).map { .init(slab: $0, units: [(nil, $1)]) }
            }
            switch charge.filling {
            case .proportional: return try proportional(ladder(energy, of: total, reached.slabs), of: energy, periods)
            case .chronological: return try chronological(ladder(energy, of: total, reached.slabs), of: energy)
            case .perPeriod: return try eachPeriod(periods, of: charge.quantity, reached.slabs)
            }
        }
    }

    private func units(of energy: Energy, _ periods: [String: Energy]) -> [(period: String?, energy: Energy)] {
        periods.isEmpty ? [(nil, energy)] : names(in: periods).map { ($0, periods[$0] ?? .zero) }
    }

    /// The slabs that `energy` fills, each with its units; the first one alone when there is none.
    ///
    /// - Parameter total: of the segment's basis: it decides which slabs are reached.
    private func ladder(_ energy: Energy, of total: Energy, _ slabs: [Slab]) throws -> [(slab: Slab, energy: Energy)] {
        var floor = Energy.zero
        var filled: [(slab: Slab, energy: Energy)] = []
        for slab in slabs {
            let isLast = try slab.upTo.map { try isWithin($0, total) } ?? true
            let top = isLast ? energy : max(floor, min(energy, try slab.upTo.map(limit) ?? energy))
            if top > floor || filled.isEmpty { filled.append((slab, top - floor)) }
            floor = top
            if isLast { return filled }
        }
        _ = try slab(holding: total, in: slabs)
        return filled
    }

    /// Each slab holds every period in the proportion of the whole; each period's parts add up to it.
    private func proportional(
        _ ladder: [(slab: Slab, energy: Energy)], of energy: Energy, _ periods: [String: Energy]
    ) -> [SlabUnits] {
        let names = names(in: periods)
        var floor = Energy.zero
        return ladder.map { slab, units in
            let (first, end) = (share(floor, of: energy), share(floor + units, of: energy))
            floor += units
            return SlabUnits(
                slab: slab,
                units: names.map { name in
                    let whole = periods[name] ?? .zero
                    return (name, whole * end - whole * first)
                })
        }
    }

    private func share(_ part: Energy, of whole: Energy) -> Fraction {
        whole == .zero ? .zero : Fraction(part.milliwattHours, over: whole.milliwattHours)
    }

    /// Each period climbs the slabs by itself.
    private func eachPeriod(
        _ periods: [String: Energy], of quantity: MeteredQuantity, _ slabs: [Slab]
    ) throws -> [SlabUnits] {
        let totals = segment.basis.quantities.byPeriod(quantity)
        return try names(in: periods).flatMap { name in
            try ladder(periods[name] ?? .zero, of: totals[name] ?? .zero, slabs).map { slab, energy in
                SlabUnits(slab: slab, units: [(name, energy)])
            }
        }
    }

    /// Hour by hour; units of one slab and period stand together.
    private func chronological(
        _ ladder: [(slab: Slab, energy: Energy)], of energy: Energy
    ) throws -> [SlabUnits] {
        let sequence = segment.quantities.sequence
        guard sequence.map(\.energy).sum() == energy, !sequence.isEmpty else {
            throw BillingError(
                .missingInput,
                "tariff \(tariff.id) fills the slabs of '\(line.label)' in the order of time: "
                    + "the energy must be told by the hour or by readings")
        }
        var floor = Energy.zero
        var (index, used) = (0, Energy.zero)
        return ladder.map { slab, units in
            let top = floor + units
            var byPeriod: [String: Energy] = [:]
            while index < sequence.count, floor < top {
                let taken = min(top - floor, sequence[index].energy - used)
                byPeriod[sequence[index].period ?? "", default: .zero] += taken
                floor += taken
                used += taken
                if used == sequence[index].energy { (index, used) = (index + 1, .zero) }
            }
            return SlabUnits(slab: slab, units: names(in: byPeriod).map { ($0, byPeriod[$0] ?? .zero) })
        }
    }
}

extension LineReckoning {
    /// In the order of the file.
    func names(in periods: [String: Energy]) -> [String] {
        (tariff.timeOfUse?.names ?? []).filter { periods[$0] != nil }
    }

    /// The quantity by time of use, which the meter must tell.
    func periods(of quantity: MeteredQuantity, total: Energy) throws -> [String: Energy] {
        let periods = segment.quantities.byPeriod(quantity)
        guard periods.isEmpty, total > .zero else { return periods }
        let names = tariff.timeOfUse?.names.joined(separator: ", ") ?? ""
        throw BillingError(
            .missingInput,
            "tariff \(tariff.id) asks for the energy of each time-of-use period (\(names)), or for readings")
    }

    /// Empty where the line does not ask for times of use, or may do without.
    private func periods(
        for charge: EnergyCharge, in reached: SlabClass, notes: inout [String]
    ) throws -> [String: Energy] {
        if reached.slabs.contains(where: \.rate.dependsOnTimeOfUse) || charge.filling == .perPeriod {
            return try periods(of: charge.quantity, total: segment.quantities.energy(charge.quantity))
        }
        guard !reached.factors.isEmpty else { return [:] }
        let periods = segment.quantities.byPeriod(charge.quantity)
        if periods.isEmpty, tariff.timeOfUse?.appliesToHours(of: account) == true {
            note(
                "\(line.label) has other rates by time of use; the times were not told, so the plain rate was taken.",
                in: &notes)
        }
        return periods
    }
}
