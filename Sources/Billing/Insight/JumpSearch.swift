package import Metering

/// Looks for the one total of a running period that is worth a warning: probably passed, dear, and still avoidable.
///
/// What a household passes every month is no news to it: a cliff counts from a little below the usual total on, where saving can
/// still help, and a step that only bends the bill counts above it.
package struct JumpSearch: Sendable {
    private let tariff: Tariff
    private let terms: BillTerms
    private let used: MeteredConsumption
    private let today: LocalDate
    private let outcomes: [Energy]
    private let expected: Energy
    private let usual: Energy?

    /// Cliffs below this share of the usual total are passed by habit.
    private static let habit = Fraction(9, over: 10)
    /// Of all outcomes so many must lie beyond the limit.
    package static let leastOdds = 0.7
    /// With fewer days to come nobody changes much.
    private static let leastDays = 3
    /// Of the expected pace so much must be left to the household, or the limit is passed whatever it does.
    private static let leastBudget = Fraction(1, over: 2)
    /// Of the bill at the limit; less is not worth a warning.
    private static let leastCost = Fraction(1, over: 20)
    /// The same for a bill that is only large.
    private static let leastExcess = Fraction(1, over: 4)

    /// - Parameters:
    ///   - used: what was used until the beginning of `today`; its shape by time of use is taken for what is to come.
    ///   - outcomes: what the whole period may come to.
    ///   - expected: what it will probably come to.
    ///   - usual: what such a period usually comes to; nil where too few are known.
    package init(
        _ tariff: Tariff, _ terms: BillTerms, used: MeteredConsumption, today: LocalDate,
        outcomes: ConsumptionDistribution, expected: Energy, usual: Energy?
    ) {
        self.tariff = tariff
        self.terms = terms
        self.used = used
        self.today = today
        self.outcomes = outcomes.outcomes
        self.expected = expected
        self.usual = usual
    }

    private var daysLeft: Int64 { Int64(today.days(until: terms.period.end)) }

    private var pace: Energy { Energy(milliwattHours: (expected - used.energy).milliwattHours / max(1, daysLeft)) }

    /// A cliff before a step, and a step before what only is much; nil where nothing is worth a warning.
    ///
    /// - Throws: ``BillingError`` where the tariff cannot say.
    package func next() throws -> JumpAhead? {
        guard daysLeft >= Self.leastDays, expected > used.energy else { return nil }
        let whole = try total(expected)
        return try cliff(whole) ?? step(whole) ?? excess(whole)
    }

    private func cliff(_ whole: Money) throws -> JumpAhead? {
        let habit = usual.map { $0 * Self.habit } ?? .zero
        let start = max(used.energy, habit)
        guard start < expected else { return nil }
        let least = Amount(whole, in: tariff.currency) * Self.leastCost
        var scan = BillScan(tariff, terms, shape: used, least: least)
        guard let jump = try scan.firstJump(from: start, to: expected) else { return nil }
        return try worth(.cliff, jump.last, whole, least: Self.leastCost)
    }

    private func step(_ whole: Money) throws -> JumpAhead? {
        guard let usual else { return nil }
        let limits = try tariff.slabLimits(terms).filter { $0 >= usual && $0 < expected }
        for limit in limits {
            if let found = try worth(.step, limit, whole, least: Self.leastCost) { return found }
        }
        return nil
    }

    private func excess(_ whole: Money) throws -> JumpAhead? {
        guard let usual, usual > .zero else { return nil }
        return try worth(.aboveUsual, usual, whole, least: Self.leastExcess)
    }

    private func worth(
        _ reason: JumpAhead.Reason, _ limit: Energy, _ whole: Money, least: Fraction
    ) throws -> JumpAhead? {
        guard limit > used.energy, limit < expected else { return nil }
        let atLimit = try total(limit)
        let odds = try odds(reason, beyond: limit, atLimit, least)
        let budget = Energy(milliwattHours: (limit - used.energy).milliwattHours / daysLeft)
        guard odds >= Self.leastOdds, budget >= pace * Self.leastBudget,
            whole > atLimit, Self.is(whole - atLimit, atLeast: least, of: atLimit)
        else { return nil }
        return JumpAhead(
            reason: reason, limit: limit, odds: odds, expected: whole, atLimit: atLimit, dailyBudget: budget,
            dailyPace: pace)
    }

    /// The share of outcomes beyond the limit; of a bill that is only large, the share of those whose bill is that large.
    private func odds(
        _ reason: JumpAhead.Reason, beyond limit: Energy, _ atLimit: Money, _ least: Fraction
    ) throws -> Double {
        var low = outcomes.firstIndex { $0 > limit } ?? outcomes.count
        if reason == .aboveUsual {
            var high = outcomes.count
            while low < high {
                let middle = (low + high) / 2
                let excess = try total(outcomes[middle]) - atLimit
                if Self.is(excess, atLeast: least, of: atLimit) { high = middle } else { low = middle + 1 }
            }
        }
        return Double(outcomes.count - low) / Double(outcomes.count)
    }

    private static func `is`(_ part: Money, atLeast share: Fraction, of whole: Money) -> Bool {
        Int128(part.minorUnits) * share.denominator >= Int128(whole.minorUnits) * share.numerator
    }

    private func total(_ energy: Energy) throws -> Money {
        try tariff.bill(for: used.scaled(to: energy), terms).total
    }
}
