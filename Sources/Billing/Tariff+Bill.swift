package import Metering

extension Tariff {
    /// The bill for `energy` used over `period`, reckoned line by line.
    ///
    /// - Parameters:
    ///   - months: billing months in the period; limits and monthly charges are taken so many times.
    ///   - account: what the household tells (phase, connected load).
    /// - Throws: ``BillingError`` when no version is in force, or an input is missing.
    package func bill(
        for energy: Energy, over period: BillingPeriod, months: Int = 1, account: Account = Account(),
        notes: [String] = []
    ) throws -> Bill {
        try check(account)
        let billed = quantityRounding?(energy) ?? energy
        var notes = notes
        var charges: [Charge] = []
        let shares = try versionShares(of: period, months: months)
        for line in linesInOrder(of: shares.map(\.version)) {
            let lines = shares.compactMap { share in
                share.version.lines.first { $0.id == line }.map { (line: $0, weight: share.weight) }
            }
            let reckoning = LineReckoning(
                tariff: self, energy: billed, months: months, period: period, account: account,
                earlier: charges)
            if let charge = try reckoning.charge(lines, notes: &notes) { charges.append(charge) }
        }
        let total = totalRounding(charges.reduce(.zero) { $0 + $1.amount })
        guard let money = total.money(in: currency) else {
            throw BillingError(
                .outOfRange, "the total \(total) is not a whole number of minor units of \(currency.code)")
        }
        return Bill(
            tariff: id, currency: currency, period: period, energy: energy, billedEnergy: billed,
            charges: charges,
            total: money, notes: notes)
    }

    /// Line ids in the order of the newest version, then those that only older ones have.
    private func linesInOrder(of versions: [TariffVersion]) -> [String] {
        var ids: [String] = []
        for line in versions.reversed().flatMap(\.lines) where !ids.contains(line.id) {
            ids.append(line.id)
        }
        return ids
    }

    private struct VersionShare {
        let version: TariffVersion
        /// Nil when the one version makes the whole bill.
        let weight: Rate?
    }

    private func versionShares(of period: BillingPeriod, months: Int) throws -> [VersionShare] {
        let inForce = versions.filter { version in
            version.from <= period.lastDay && version.through.map { $0 >= period.first } ?? true
        }
        guard let newest = inForce.last, newest.covers(period.lastDay),
            inForce[0].from <= period.first || inForce.count > 1
        else {
            throw BillingError(.noVersion, "tariff \(id) has no version in force on \(period.lastDay)")
        }
        guard case .blendByDays(let places) = versionChange, inForce.count > 1 else {
            return [VersionShare(version: newest, weight: nil)]
        }
        return blend(inForce, over: period, nominalDays: 30 * months, places: places)
    }

    /// The share of each version but the first is its days over the nominal days; the first has the rest.
    private func blend(
        _ versions: [TariffVersion], over period: BillingPeriod, nominalDays: Int, places: Int
    ) -> [VersionShare] {
        let unit = (0..<(Rate.places - places)).reduce(Int64(1)) { unit, _ in unit * 10 }
        let rounding = Rounding(to: Rate(billionths: unit), .halfUp)
        var rest = Rate.one
        var shares: [VersionShare] = []
        for version in versions.dropFirst().reversed() {
            let end = version.through.map { min($0.adding(days: 1), period.end) } ?? period.end
            let days = min(nominalDays, version.from.days(until: end))
            let exact = Amount(femtos: Amount.one * Int128(days) / Int128(nominalDays))
            let weight = min(rest, Int64(rounding(exact).femtos / 1_000_000))
            rest -= weight
            shares.insert(VersionShare(version: version, weight: Rate(billionths: weight)), at: 0)
        }
        shares.insert(VersionShare(version: versions[0], weight: Rate(billionths: rest)), at: 0)
        return shares.filter { $0.weight != Rate(billionths: 0) }
    }
}
