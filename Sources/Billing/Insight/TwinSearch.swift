import Metering

/// Tries what might have been done otherwise until the utility's total comes out.
struct TwinSearch {
    let theirs: UtilityBill
    let ours: BilledCase
    let days: [LocalDate: Energy]
    /// Units that a printed register's last digit and ours may differ by.
    private static let tolerance = Energy.kilowattHours(1)
    private static let mostDays = 7

    /// Why they have other units than we; nil when they have not.
    var causeOfUnits: BillTwin.Cause? {
        guard let units = theirs.units, ours.consumption.energy > .zero else { return nil }
        let excess = units - ours.consumption.energy
        guard max(excess, .zero - excess) > Self.tolerance else { return nil }
        if let (start, end) = otherDates(giving: units) { return .readingDates(start: start, end: end) }
        let share = Double(excess.milliwattHours) / Double(ours.consumption.energy.milliwattHours)
        return .gain(percent: share * 100)
    }

    /// The smallest shifts of the reading dates with which our own days give their units.
    private func otherDates(giving units: Energy) -> (start: Int, end: Int)? {
        let range = -Self.mostDays...Self.mostDays
        let shifts = range.flatMap { start in range.map { (start: start, end: $0) } }
            .sorted {
                (abs($0.start) + abs($0.end), $0.start, $0.end) < (abs($1.start) + abs($1.end), $1.start, $1.end)
            }
        return shifts.first { shift in
            guard (shift.start, shift.end) != (0, 0), let energy = energy(from: shift.start, to: shift.end) else {
                return false
            }
            let excess = energy - units
            return max(excess, .zero - excess) <= Self.tolerance
        }
    }

    private func energy(from start: Int, to end: Int) -> Energy? {
        let (first, last) = (ours.terms.period.first.adding(days: start), ours.terms.period.end.adding(days: end))
        var sum = Energy.zero
        for offset in 0..<max(0, first.days(until: last)) {
            guard let energy = days[first.adding(days: offset)] else { return nil }
            sum += energy
        }
        return sum
    }

    /// What leads from our bill for their units to their total; the first of each kind that does so to the last minor unit.
    func causesOfMoney() throws -> (causes: [BillTwin.Cause], isExplained: Bool) {
        let consumption = theirs.units.map(ours.consumption.scaled) ?? ours.consumption
        let bill = try ours.tariff.bill(for: consumption, ours.terms)
        guard bill.total != theirs.total else { return ([], true) }
        let found = trials(consumption).filter { $0.total == theirs.total }.map(\.cause) + missedLines(of: bill)
        return (found, !found.isEmpty)
    }

    /// A trial that cannot be billed explains nothing and is left out.
    private func trials(_ consumption: MeteredConsumption) -> [(cause: BillTwin.Cause, total: Money)] {
        let versions = ours.tariff.versions.map { version in
            (BillTwin.Cause.version(from: version.from), ours.tariff.only(version), ours.terms)
        }
        let others = otherTerms.map { ($0.cause, ours.tariff, $0.terms) }
        return (versions + others).compactMap { cause, tariff, terms in
            guard case .success(let bill) = Result(catching: { try tariff.bill(for: consumption, terms) }) else {
                return nil
            }
            return (cause, bill.total)
        }
    }

    private var otherTerms: [(cause: BillTwin.Cause, terms: BillTerms)] {
        let terms = ours.terms
        let inputs = ours.tariff.inputs.flatMap { input in
            input.values.filter { $0 != (terms.account.inputs[input.name] ?? input.preset) }.map { value in
                (BillTwin.Cause.input(input.name, value), terms.with(account: terms.account.telling(input.name, value)))
            }
        }
        let months = [1, 2].map { (BillTwin.Cause.months($0), terms.with(length: Fraction(Int64($0)))) }
        let dates = [-1, 1, -2, 2].map { terms.billDate.inMonth.adding(months: $0).day(clamping: terms.billDate.day) }
        return inputs + months + dates.map { (.billDate($0), terms.with(billDate: $0)) }
    }

    private func missedLines(of bill: Bill) -> [BillTwin.Cause] {
        bill.charges.filter { charge in
            let without = bill.sumOfCharges - charge.amount
            return ours.tariff.rounding.total(without).money(in: bill.currency) == theirs.total
        }.map { .missedLine($0.label) }
    }
}

extension Tariff {
    /// The tariff as if the version had always been in force.
    fileprivate func only(_ version: TariffVersion) -> Tariff {
        let always = TariffVersion(
            from: LocalDate(daysSince1970: -700_000), through: nil, checkedUntil: nil, rounding: version.rounding,
            lines: version.lines)
        return Tariff(
            id: id, name: name, sources: sources, currency: currency, zone: zone, inputs: inputs, rounding: rounding,
            billing: billing, timeOfUse: timeOfUse, seasons: seasons, series: series, versions: [always])
    }
}

extension TariffInput {
    /// Every value it may have; none for a number.
    fileprivate var values: [String] {
        switch kind {
        case .choice(let values): values
        case .boolean: ["true", "false"]
        case .decimal: []
        }
    }
}

extension Account {
    fileprivate func telling(_ name: String, _ value: String) -> Account {
        Account(inputs.merging([name: value]) { _, new in new })
    }
}

extension BillTerms {
    fileprivate func with(billDate: LocalDate? = nil, length: Fraction? = nil, account: Account? = nil) -> BillTerms {
        BillTerms(
            period, billDate: billDate ?? self.billDate, months: months, length: length ?? self.length,
            account: account ?? self.account)
    }
}
