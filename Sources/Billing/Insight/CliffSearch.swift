package import Metering

/// Looks for the next cliff of any tariff by scanning its bills, knowing nothing of its slabs.
package struct CliffSearch: Sendable {
    private let tariff: Tariff
    private let terms: BillTerms
    private let used: MeteredConsumption
    private let today: LocalDate
    private let pace: Energy

    /// - Parameters:
    ///   - used: what was used until the beginning of `today`; its shape by time of use is taken for what is to come.
    ///   - pace: the energy of one day to come.
    package init(_ tariff: Tariff, _ terms: BillTerms, used: MeteredConsumption, today: LocalDate, pace: Energy) {
        self.tariff = tariff
        self.terms = terms
        self.used = used
        self.today = today
        self.pace = pace
    }

    private var daysLeft: Int {
        max(1, today.days(until: terms.period.end))
    }

    /// The next cliff within reach: half as far again as the pace leads to; nil where there is none.
    ///
    /// - Parameter least: lower jumps are passed over; zero for every jump.
    package func next(atLeast least: Amount = .zero) throws -> Cliff? {
        let rest = Energy(milliwattHours: pace.milliwattHours * Int64(daysLeft))
        let reach = max(
            used.energy + rest + Energy(milliwattHours: rest.milliwattHours / 2), used.energy + .kilowattHours(1))
        var scan = BillScan(tariff, terms, shape: used, least: least)
        guard let step = try scan.firstJump(from: used.energy, to: reach) else { return nil }
        return try cliff(after: step.last, jump: step.jump, unit: scan.unit)
    }

    private func cliff(after last: Energy, jump: Amount, unit: Energy) throws -> Cliff {
        let left = last - used.energy
        let (before, after) = (try total(last), try total(last + unit))
        let daysToCross = pace > .zero ? Int(left.milliwattHours / pace.milliwattHours) : daysLeft
        return Cliff(
            lastUnit: last, left: left, jump: jump, costOfNextUnit: after - before,
            crossedOn: daysToCross < daysLeft ? today.adding(days: daysToCross) : nil,
            dailyBudget: Energy(milliwattHours: left.milliwattHours / Int64(daysLeft)))
    }

    private func total(_ energy: Energy) throws -> Money {
        try tariff.bill(for: used.scaled(to: energy), terms).total
    }
}
