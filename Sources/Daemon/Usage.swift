import Billing
import Foundation
import Ingest
import Metering
import Store

/// What a household used on the running day and in its month, by the same engine as its bills.
struct Usage: Sendable {
    struct Day: Sendable {
        let date: LocalDate
        let energy: Energy
        let isKnown: Bool
    }

    /// The household's main meter; nil while it has none.
    let meter: Meter?
    let today: LocalDate
    /// The days of the running calendar month up to today.
    let days: [Day]
    let lastMonth: Energy?
    /// Of the running billing period up to now.
    let periodEnergy: Energy
    /// The register as of which ``days`` hold, and when it showed it.
    let asOf: (register: Energy, at: Date)?
    /// What today's energy costs: by how much it raises the bill of the running period. Nil without a tariff.
    let todayCost: (money: Money, currency: Currency)?
    /// The bill of the running period if nothing more were used.
    let soFar: (money: Money, currency: Currency)?

    var todayEnergy: Energy { days.last { $0.date == today }?.energy ?? .zero }
    /// ``soFar`` in whole units of its currency, for readers that know plain numbers only.
    var soFarAmount: Double? {
        soFar.map { Double($0.money.minorUnits) / [1, 10, 100, 1000][min(3, $0.currency.places)] }
    }
    var monthEnergy: Energy { days.map(\.energy).sum() }
}

/// Reckons it from what is stored: whole days that were rolled up, and the readings since.
struct UsageReckoning: Sendable {
    let stores: DaemonStores
    let household: Household

    func usage(at now: Date) async throws -> Usage {
        let clock = household.clock
        let today = clock.date(at: now)
        let first = today.inMonth.firstDay
        guard let meter = try await stores.households.mainMeter(of: household) else {
            return Usage(
                meter: nil, today: today, days: [], lastMonth: nil, periodEnergy: .zero, asOf: nil, todayCost: nil,
                soFar: nil)
        }
        let period = household.cycle.period(containing: today)
        let from = min(period.first, today.inMonth.adding(months: -1).firstDay)
        let series = try await series(of: meter, from: from, to: today.adding(days: 1), now)
        let lastMonth = series.total(of: today.inMonth.adding(months: -1))
        let costs = try await costs(series, in: period, today)
        return Usage(
            meter: meter, today: today,
            days: series.days(from: first, to: today.adding(days: 1)).map {
                Usage.Day(date: $0.day, energy: $0.whole.energy, isKnown: $0.whole.isKnown)
            },
            lastMonth: lastMonth.flatMap { $0.isKnown ? $0.energy : nil },
            periodEnergy: series.days(from: period.first, to: today.adding(days: 1)).map(\.whole.energy).sum(),
            asOf: try await stores.readings.newest(1, of: [meter.id])[meter.id]?.first.map { ($0.register, $0.at) },
            todayCost: costs?.today, soFar: costs?.soFar)
    }

    /// The days from `first` up to `end` of the household's main meter; none where it has no meter.
    func days(from first: LocalDate, to end: LocalDate, at now: Date) async throws -> ConsumptionSeries {
        guard let meter = try await stores.households.mainMeter(of: household) else { return ConsumptionSeries([]) }
        return try await series(of: meter, from: first, to: end, now)
    }

    /// Days as they were rolled up, but for those that have readings the roll-up has not seen.
    private func series(
        of meter: Meter, from first: LocalDate, to end: LocalDate, _ now: Date
    ) async throws -> ConsumptionSeries {
        let clock = household.clock
        let rolled = try await stores.consumption.series(of: meter, from: first, to: end)
        guard let span = try await stores.readings.span(of: meter) else { return rolled }
        let lastRolled = rolled.days.last?.day ?? clock.date(at: span.first)
        let changed = span.changedFrom.map(clock.date) ?? lastRolled
        let fresh = max(first, min(changed, lastRolled))
        guard fresh < end else { return rolled }
        let history = try await stores.readings.history(
            of: meter, in: clock.period(from: fresh, to: end), knownBy: now.addingTimeInterval(Placement.tolerance))
        let corrections = try await stores.corrections.all(of: meter).filter { $0.holds(at: now) }.map(\.correction)
        let recent = history.days(from: fresh, to: end, on: clock, limits: meter.limits, corrections: corrections).days
        return ConsumptionSeries(rolled.days.filter { $0.day < fresh } + recent)
    }

    private func costs(
        _ series: ConsumptionSeries, in period: BillingPeriod, _ today: LocalDate
    ) async throws -> (today: (Money, Currency), soFar: (Money, Currency))? {
        guard let inForce = try await stores.tariffs.tariff(of: household, on: today),
            let whole = try bill(series, in: period, through: today.adding(days: 1), by: inForce.tariff),
            let before = try bill(series, in: period, through: today, by: inForce.tariff)
        else { return nil }
        let currency = inForce.tariff.currency
        return ((whole.total - before.total, currency), (whole.total, currency))
    }

    /// Nil where the tariff has no version in force, or asks for what the household has not told: then there is no cost to show.
    private func bill(
        _ series: ConsumptionSeries, in period: BillingPeriod, through end: LocalDate, by tariff: Tariff
    ) throws -> Bill? {
        let days = series.days(from: period.first, to: end)
        let consumption =
            tariff.timeOfUse == nil
            ? MeteredConsumption(days.map(\.whole.energy).sum())
            : MeteredConsumption(hours: Array(days).hoursByTheClock(household.clock))
        let terms = BillTerms(period, months: household.cycle.months, account: household.account)
        do { return try tariff.bill(for: consumption, terms) } catch is BillingError { return nil }
    }
}
