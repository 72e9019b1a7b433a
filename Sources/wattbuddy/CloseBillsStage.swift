import Billing
import Foundation
import Metering
import Store

/// Consumption of the periods that are over to bills, each with the receipt from which it can be made again.
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
        let issued = try await stores.bills.newest(of: meter, from: period.first, to: end)
        let closing = Closing(
            household: household, meter: meter, asOf: asOf, stores: stores,
            main: try await stores.consumption.series(of: meter, from: period.first, to: end),
            others: try await others(of: household, from: period.first, to: end, in: stores))
        var banked = Energy.zero
        while period.end <= end {
            let known = issued.first { $0.bill.period == period }
            banked = try await closing.close(period, known: known, banked: banked)?.carriedEnergy ?? .zero
            period = household.cycle.period(after: period)
        }
    }

    private func others(
        of household: Household, from first: LocalDate, to end: LocalDate, in stores: Stores
    ) async throws -> [Meter.Role: [ConsumptionSeries]] {
        var found: [Meter.Role: [ConsumptionSeries]] = [:]
        for meter in try await stores.households.meters(of: household)
        where meter.role == .export || meter.role == .production {
            found[meter.role, default: []].append(
                try await stores.consumption.series(of: meter, from: first, to: end))
        }
        return found
    }
}

/// The closing of one household's periods.
private struct Closing {
    let household: Household
    let meter: Meter
    let asOf: Date
    let stores: Stores
    let main: ConsumptionSeries
    let others: [Meter.Role: [ConsumptionSeries]]

    /// - Parameters:
    ///   - known: the bill as it stands.
    ///   - banked: energy kept from the bill before.
    /// - Returns: the bill as it stands now; nil where none can be made.
    func close(_ period: BillingPeriod, known: IssuedBill?, banked: Energy) async throws -> Bill? {
        guard let used = main.total(from: period.first, to: period.end), used.isKnown,
            let inForce = try await stores.tariffs.tariff(of: household, on: period.lastDay)
        else { return nil }
        let terms = BillTerms(period, months: household.cycle.months, account: household.account)
        let consumption = consumption(in: period, used.energy, banked: banked, inForce.tariff)
        guard let bill = try Self.bill(by: inForce.tariff, for: consumption, terms) else { return nil }
        let draft = BillDraft(bill, tariffSHA256: inForce.sha256, consumption: used, madeAsOf: asOf)
        if let known, known.says(draft) { return known.bill }
        let receipt = Receipt(
            bill, tariff: inForce.text, consumption: consumption, terms: terms,
            register: try await register(over: period, used.energy))
        let whole = BillDraft(
            bill, tariffSHA256: inForce.sha256, consumption: used, madeAsOf: asOf, receipt: try receipt.jsonText)
        return try await stores.bills.save(whole, of: meter).bill.bill
    }

    /// Nil for a time in which no version of the tariff was in force: there is no bill, and the household's other bills go on.
    private static func bill(
        by tariff: Tariff, for consumption: MeteredConsumption, _ terms: BillTerms
    ) throws -> Bill? {
        do { return try tariff.bill(for: consumption, terms) } catch let error as BillingError
            where error.kind == .noVersion
        { return nil }
    }

    /// Hour by hour where the tariff asks when energy was used.
    private func consumption(
        in period: BillingPeriod, _ energy: Energy, banked: Energy, _ tariff: Tariff
    ) -> MeteredConsumption {
        func total(_ role: Meter.Role) -> Energy? {
            others[role].map { series in
                series.compactMap { $0.total(from: period.first, to: period.end)?.energy }.sum()
            }
        }
        var consumption = MeteredConsumption(
            energy, export: total(.export) ?? .zero, generation: total(.production), banked: banked)
        guard tariff.timeOfUse != nil else { return consumption }
        consumption.hours = main.days(from: period.first, to: period.end).hoursByTheClock(household.clock)
        return consumption
    }

    /// The register at both ends, and what explains the rest; nil when it was not seen before the period.
    private func register(over period: BillingPeriod, _ energy: Energy) async throws -> ReceiptRegister? {
        let span = household.clock.period(from: period.first, to: period.end)
        guard let start = try await stores.readings.shownRegister(of: meter, at: span.lowerBound, knownBy: asOf),
            let end = try await stores.readings.shownRegister(of: meter, at: span.upperBound, knownBy: asOf)
        else { return nil }
        let events = try await stores.consumption.events(of: meter, in: span)
        let restarts = events.filter { Self.restarts.contains($0.kind) }.map { $0.credited - ($0.after - $0.before) }
            .sum()
        let rest = energy - (end - start) - restarts
        let estimated = main.days(from: period.first, to: period.end).flatMap(\.hours)
            .filter { $0.quality.contains(.estimated) }.map(\.energy).sum()
        let corrections = rest == .zero ? [] : [ReceiptRegister.Correction(reason: Self.restReason, energy: rest)]
        return ReceiptRegister(
            start: start, end: end, resetsCredited: restarts, estimated: estimated, corrections: corrections)
    }

    private static let restarts: Set<RegisterEvent.Kind> = [.reset, .rollover, .replacement, .rollback]
    private static let restReason =
        "what power told while the register stood still, what people corrected, and gaps across the ends of the period"
}
