import Metering

/// Why one bill is not like another: parts that add up to the difference to the last minor unit.
///
/// The older bill is made anew step by step: first as long as the newer one, then with its units, then with its rates.
package struct BillChange: Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// More or fewer days at the same use a day.
        case days
        /// More or fewer units, at what the last unit cost before.
        case units
        /// Other slabs reached: what units cost beyond that.
        case slab
        /// Lines that both bills have, at other rates, in another season or by another version.
        case rates
        /// A line that only one of the bills has.
        case line(String)
        /// The bills as issued are not what they come to now.
        case correction
        case rounding
    }

    package struct Effect: Hashable, Sendable {
        package let cause: Cause
        package let amount: Money

        package init(cause: Cause, amount: Money) {
            self.cause = cause
            self.amount = amount
        }
    }

    /// Newer less older.
    package let difference: Money
    /// Those that are not nothing, in the order of the causes.
    package let effects: [Effect]

    /// - Throws: ``BillingError`` when a bill in between cannot be made.
    package init(from older: BilledCase, to newer: BilledCase) throws {
        let steps = try Steps(from: older, to: newer)
        difference = newer.bill.total - older.bill.total
        var effects = try steps.effects()
        let issued = (newer.bill.total - steps.newer.total) - (older.bill.total - steps.older.total)
        effects.append(Effect(cause: .correction, amount: issued))
        let rest = difference - effects.map(\.amount).reduce(.zero, +)
        effects.append(Effect(cause: .rounding, amount: rest))
        self.effects = effects.filter { $0.amount != .zero }
    }
}

/// The bills on the way from one to the other.
private struct Steps {
    private let tariff: Tariff
    let older: Bill
    private let lengthened: Bill
    private let withNewUnits: Bill
    let newer: Bill
    /// What a unit costs before the units change, jumps of the bill left aside.
    private let priceOfUnit: Amount

    init(from older: BilledCase, to newer: BilledCase) throws {
        tariff = older.tariff
        let (period, days) = (older.terms.period, newer.terms.period.dayCount)
        let terms = BillTerms(
            BillingPeriod(first: period.end.adding(days: -days), end: period.end), billDate: older.terms.billDate,
            months: newer.terms.months, length: newer.terms.length, account: older.terms.account)
        let share = Fraction(Int64(days), over: Int64(period.dayCount))
        let before = try older.consumption.withoutHours(in: older.tariff, older.terms.account)
        let scaled = before.scaled(to: before.energy * share)
        self.older = try tariff.bill(for: older.consumption, older.terms)
        lengthened = days == period.dayCount ? self.older : try tariff.bill(for: scaled, terms)
        withNewUnits = try tariff.bill(
            for: newer.consumption.withoutHours(in: older.tariff, older.terms.account), terms)
        self.newer = try newer.tariff.bill(for: newer.consumption, newer.terms)
        priceOfUnit = try Self.price(ofUnitsNear: scaled, by: tariff, terms)
    }

    /// Of the unit before the total and the one after it the price that has no jump of the bill in it: the smaller one.
    private static func price(
        ofUnitsNear consumption: MeteredConsumption, by tariff: Tariff, _ terms: BillTerms
    ) throws -> Amount {
        let last = max(consumption.energy, .kilowattHours(1))
        let costs = try (-1...1).map { units in
            try tariff.exactCost(of: consumption.scaled(to: last + .kilowattHours(units)), terms)
        }
        let (before, after) = (costs[1] - costs[0], costs[2] - costs[1])
        func size(_ price: Amount) -> Amount { max(price, -price) }
        return size(after) < size(before) ? after : before
    }

    func effects() throws -> [BillChange.Effect] {
        let units = (withNewUnits.billedEnergy - lengthened.billedEnergy).milliwattHours
        let byUnits = priceOfUnit * Fraction(units, over: Energy.perKilowattHour)
        let byUse = withNewUnits.sumOfCharges - lengthened.sumOfCharges
        let only = linesOfOneBill
        let byLines = only.map(\.amount).sum()
        let changes: [(BillChange.Cause, Amount)] =
            [
                (.days, lengthened.sumOfCharges - older.sumOfCharges), (.units, byUnits), (.slab, byUse - byUnits),
                (.rates, newer.sumOfCharges - withNewUnits.sumOfCharges - byLines),
            ] + only.map { (.line($0.label), $0.amount) }
        return try changes.map { BillChange.Effect(cause: $0, amount: try money($1)) }
    }

    /// What the newer bill has and the one before not, and the other way round.
    private var linesOfOneBill: [(label: String, amount: Amount)] {
        let (new, old) = (newer.charges, withNewUnits.charges)
        return new.filter { charge in !old.contains { $0.id == charge.id } }.map { ($0.label, $0.amount) }
            + old.filter { charge in !new.contains { $0.id == charge.id } }.map { ($0.label, -$0.amount) }
    }

    private func money(_ amount: Amount) throws -> Money {
        let minor = Rate(billionths: (0..<tariff.currency.places).reduce(Rate.one) { unit, _ in unit / 10 })
        guard let money = Rounding(to: minor, .halfEven)(amount).money(in: tariff.currency) else {
            throw BillingError(.outOfRange, "\(amount) does not fit")
        }
        return money
    }
}

extension MeteredConsumption {
    /// The use with its times told by totals alone, so that it can be put into another period.
    fileprivate func withoutHours(in tariff: Tariff, _ account: Account) throws -> MeteredConsumption {
        guard !hours.isEmpty else { return self }
        var consumption = self
        consumption.byPeriod = try periods(in: tariff, account: account)
        consumption.hours = []
        return consumption
    }
}
