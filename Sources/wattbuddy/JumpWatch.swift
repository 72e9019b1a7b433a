import Analysis
import Billing
import Foundation
import Metering
import Store

/// Whether the running bill is about to jump, from the night's forecast and the household's tariff.
struct JumpWatch: Sendable {
    private let household: Household
    private let asOf: Date
    private let today: LocalDate

    /// Periods of which the usual total is the middle one, and how many must be known.
    private static let usualPeriods = 6
    private static let leastPeriods = 2
    private static let leastCoverage = 0.9
    /// A jump that was told is told again when it has become so many times as dear.
    private static let muchWorse: Int64 = 2
    /// Weighs like a plain fault where it is sure.
    private static let score = 9.0

    /// - Parameter today: the first day that is not over.
    init(_ household: Household, asOf: Date, today: LocalDate) {
        self.household = household
        self.asOf = asOf
        self.today = today
    }

    /// What was told of jumps, with the one to be told today where there is one: one a period, or another that is far worse.
    func jumps(
        _ told: [NightFinding], _ forecast: Forecast?, _ series: ConsumptionSeries, in stores: Stores
    ) async throws -> [NightFinding] {
        guard let forecast, let tariff = try await stores.tariffs.tariff(of: household, on: today)?.tariff,
            let ahead = try Self.unlessUnknown({ try next(forecast, series, tariff) })
        else { return told }
        let clock = household.clock
        let span = clock.start(of: today)..<clock.start(of: forecast.period.end)
        let before = told.last { $0.period.upperBound == span.upperBound }
        if let before {
            let cost = before.evidence?.jump?.cost ?? 0
            guard before.period.lowerBound < span.lowerBound, ahead.cost.minorUnits >= cost * Self.muchWorse else {
                return told
            }
        }
        return told + [finding(ahead, forecast, series, over: span)]
    }

    /// A tariff that cannot say is no reason to stop the night: then there is nothing to warn of.
    private static func unlessUnknown(_ search: () throws -> JumpAhead?) throws -> JumpAhead? {
        do { return try search() } catch is BillingError { return nil }
    }

    private func next(_ forecast: Forecast, _ series: ConsumptionSeries, _ tariff: Tariff) throws -> JumpAhead? {
        let period = forecast.period
        let days = series.days(from: period.first, to: today)
        var used = MeteredConsumption(days.map(\.whole.energy).sum())
        if tariff.timeOfUse != nil { used.hours = days.hoursByTheClock(household.clock) }
        let quantiles = Array(zip(Calibration.shares, forecast.current.quantiles))
        guard let outcomes = ConsumptionDistribution(quantiles: quantiles) else { return nil }
        let terms = BillTerms(period, months: household.cycle.months, account: household.account)
        return try JumpSearch(
            tariff, terms, used: used, today: today, outcomes: outcomes, expected: forecast.expected,
            usual: usual(before: period, series)
        ).next()
    }

    /// The middle one of the last periods' totals, as long as the running one; nil while too few are known.
    private func usual(before period: BillingPeriod, _ series: ConsumptionSeries) -> Energy? {
        var next = period
        let totals = (0..<Self.usualPeriods).compactMap { _ -> Double? in
            next = household.cycle.period(containing: next.first.adding(days: -1))
            guard let total = series.total(from: next.first, to: next.end) else { return nil }
            let span = household.clock.period(from: next.first, to: next.end)
            let coverage = Double(total.coverage.observedSeconds) / span.seconds
            guard coverage >= Self.leastCoverage else { return nil }
            return total.energy.kilowattHours / Double(next.dayCount) * Double(period.dayCount)
        }.sorted()
        guard totals.count >= Self.leastPeriods else { return nil }
        return Energy(kilowattHours: (totals[(totals.count - 1) / 2] + totals[totals.count / 2]) / 2)
    }

    private func finding(
        _ ahead: JumpAhead, _ forecast: Forecast, _ series: ConsumptionSeries, over span: Range<Date>
    ) -> NightFinding {
        let crossing = forecast.crossing(of: ahead.limit)
        let facts = BillJumpFacts(
            reason: ahead.reason.inWords, odds: ahead.odds, cost: ahead.cost.minorUnits,
            dailyBudget: ahead.dailyBudget.kilowattHours, dailyPace: ahead.dailyPace.kilowattHours,
            crossing: crossing?.expected, earliest: crossing?.earliest, latest: crossing?.latest)
        return NightFinding(
            kind: .billJump, period: span, observed: forecast.expected.kilowattHours,
            usual: ahead.limit.kilowattHours, extra: forecast.expected - ahead.limit, score: Self.score * ahead.odds,
            evidence: forecast.evidence(of: facts, after: series))
    }
}

extension JumpAhead.Reason {
    fileprivate var inWords: BillJumpFacts.Reason {
        switch self {
        case .cliff: .cliff
        case .step: .step
        case .aboveUsual: .aboveUsual
        }
    }
}
