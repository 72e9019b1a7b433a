package import Metering

/// What the meter says for one bill: energy taken and given, by time of use where it is known.
package struct MeteredConsumption: Hashable, Sendable {
    /// Energy taken from the network.
    package var energy: Energy
    /// The same by the tariff's time-of-use periods; empty where the meter does not tell.
    package var byPeriod: [String: Energy]
    /// Energy given to the network.
    package var export: Energy
    package var exportByPeriod: [String: Energy]
    /// What the household's own plant made; nil where no meter tells.
    package var generation: Energy?
    /// Energy kept from the bills before.
    package var banked: Energy
    /// The greatest demand recorded, in kW or kVA as the tariff says; nil where no meter tells.
    package var demand: Rate?
    /// The energy taken hour by hour, in order of time; empty where only totals are known.
    package var hours: [HourConsumption]

    package init(
        _ energy: Energy, byPeriod: [String: Energy] = [:], export: Energy = .zero,
        exportByPeriod: [String: Energy] = [:], generation: Energy? = nil, banked: Energy = .zero, demand: Rate? = nil,
        hours: [HourConsumption] = []
    ) {
        self.energy = energy
        self.byPeriod = byPeriod
        self.export = export
        self.exportByPeriod = exportByPeriod
        self.generation = generation
        self.banked = banked
        self.demand = demand
        self.hours = hours
    }

    /// What was taken by time of use alone; the total is the sum.
    package init(byPeriod: [String: Energy]) {
        self.init(byPeriod.values.sum(), byPeriod: byPeriod)
    }

    /// What was taken hour by hour; the total is the sum.
    package init(hours: [HourConsumption]) {
        self.init(hours.map(\.energy).sum(), hours: hours)
    }
}

extension MeteredConsumption {
    /// The use with the same shape and another total; what is given to the network stays as it is.
    ///
    /// Rounding differences of the periods go to the last of them, so that they add up to the total; where nothing was used
    /// yet, every period has the same share.
    package func scaled(to total: Energy) -> MeteredConsumption {
        var scaled = self
        scaled.energy = total
        guard energy > .zero else {
            scaled.byPeriod = apportion(
                byPeriod.mapValues { _ in total }, by: Fraction(1, over: Int64(max(1, byPeriod.count))), to: total)
            return scaled
        }
        let share = Fraction(total.milliwattHours, over: energy.milliwattHours)
        scaled.byPeriod = apportion(byPeriod, by: share, to: total)
        scaled.hours = apportion(hours, by: share)
        return scaled
    }

    private func apportion(_ periods: [String: Energy], by share: Fraction, to total: Energy) -> [String: Energy] {
        guard let last = periods.keys.sorted().last else { return periods }
        var scaled = periods.mapValues { $0 * share }
        scaled[last] = total - scaled.filter { $0.key != last }.values.sum()
        return scaled
    }

    private func apportion(_ hours: [HourConsumption], by share: Fraction) -> [HourConsumption] {
        var sum = Energy.zero
        var given = Energy.zero
        return hours.map { hour in
            sum += hour.energy
            let upToHere = sum * share
            defer { given = upToHere }
            return HourConsumption(day: hour.day, minute: hour.minute, energy: upToHere - given)
        }
    }
}
