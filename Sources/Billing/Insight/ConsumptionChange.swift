package import Metering

/// Something done otherwise: what it makes of the use.
package enum ConsumptionChange: Hashable, Sendable {
    case none
    /// So much energy of each bill used in another time-of-use period; never more than the first one has.
    case moved(Energy, from: String, to: String)
    /// So much energy of each bill not used at all; never more than there is.
    case saved(Energy)
    /// All of it times a factor.
    case scaled(Fraction)

    /// The use as it would have been.
    func applied(to consumption: MeteredConsumption, in tariff: Tariff) throws -> MeteredConsumption {
        switch self {
        case .none: return consumption
        case .saved(let energy): return consumption.scaled(to: max(.zero, consumption.energy - energy))
        case .scaled(let factor): return consumption.scaled(to: consumption.energy * factor)
        case .moved(let energy, let from, let to):
            var moved = consumption
            moved.byPeriod = try consumption.periods(in: tariff, account: nil)
            for name in [from, to] where tariff.timeOfUse?.names.contains(name) != true {
                throw BillingError(.outOfRange, "'\(name)' is no time-of-use period of tariff \(tariff.id)")
            }
            let amount = min(energy, moved.byPeriod[from] ?? .zero)
            moved.byPeriod[from] = (moved.byPeriod[from] ?? .zero) - amount
            moved.byPeriod[to, default: .zero] += amount
            moved.hours = []
            return moved
        }
    }
}
