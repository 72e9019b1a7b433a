import Billing
import Foundation
import Metering
import Store

/// Consumption of the periods that are over to bills.
struct CloseBillsStage: Stage {
    let name = "close-bills"

    func run(for household: Household, asOf: Date, in stores: Stores) async throws {
        guard let meter = try await stores.households.mainMeter(of: household),
            let span = try await stores.readings.span(of: meter),
            let last = try await stores.readings.last(of: meter, knownBy: asOf)
        else { return }
        let clock = household.clock
        var period = household.cycle.period(containing: clock.date(at: span.first))
        // The register at both ends must be known: a period that began before the first reading has no bill.
        if clock.start(of: period.first).addingTimeInterval(meter.limits.gapAfter) < span.first {
            period = household.cycle.period(after: period)
        }
        let end = clock.date(at: last)
        let series = try await stores.consumption.series(of: meter, from: period.first, to: end)
        while period.end <= end {
            try await close(period, series, of: household, meter, asOf: asOf, in: stores)
            period = household.cycle.period(after: period)
        }
    }

    private func close(
        _ period: BillingPeriod, _ series: ConsumptionSeries, of household: Household, _ meter: Meter, asOf: Date,
        in stores: Stores
    ) async throws {
        guard let used = series.total(from: period.first, to: period.end), used.isKnown,
            let inForce = try await stores.tariffs.tariff(of: household, on: period.lastDay)
        else { return }
        let bill = try inForce.tariff.bill(
            for: used.energy, over: period, months: household.cycle.months, account: household.account)
        let draft = BillDraft(bill, tariffSHA256: inForce.sha256, consumption: used, madeAsOf: asOf)
        _ = try await stores.bills.save(draft, of: meter)
    }
}
