import Analysis
import Billing
import Foundation
import Metering
import Reports
import TestSupport
import Testing

func instant(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}

func clock(_ zone: String = "Asia/Kolkata") throws -> LocalClock {
    LocalClock(zone: try #require(TimeZone(identifier: zone)))
}

/// January 2026 and the first twenty days of February, 0.1 to 0.33 kWh an hour, a gap on 5 February, nothing on the 6th.
func days(on clock: LocalClock) -> [DayConsumption] {
    let first: LocalDate = "2026-01-01"
    return (0..<51).map { number in
        let day = first.adding(days: number)
        let boundaries = clock.hourBoundaries(of: clock.period(of: day))
        let hours = zip(boundaries, boundaries.dropFirst()).enumerated().map { hour, span in
            hourOf(day, hour: hour, number: number, over: span.0..<span.1)
        }
        let isKnown = day != "2026-02-06"
        return DayConsumption(
            day: day, hours: hours, rawMaxMin: isKnown ? Energy(milliwattHours: 5_000_000) : nil,
            readingCount: isKnown ? 1440 : 0, peakPower: isKnown ? 1800 : nil)
    }
}

private func hourOf(_ day: LocalDate, hour: Int, number: Int, over span: Range<Date>) -> Consumption {
    guard day != "2026-02-06", day != "2026-02-20" || hour < 18 else {
        return Consumption(
            over: span, energy: .zero, coverage: Coverage(observedSeconds: 0, totalSeconds: 3600), quality: [])
    }
    let isGap = day == "2026-02-05" && (3..<6).contains(hour)
    return Consumption(
        over: span, energy: Energy(milliwattHours: Int64(100_000 + hour * 10_000 + number % 7 * 1111)),
        coverage: Coverage(observedSeconds: isGap ? 0 : 3600, totalSeconds: 3600),
        quality: isGap ? .estimated : .measured)
}

/// A household with a corrected January bill, a forecast, an anomaly, a gap and a second meter, as of 20 February 2026, 18:00.
func report(
    slug: String = "nair", name: String = "Lakshmi & Nair <home>", zone: String = "Asia/Kolkata",
    locale: String = "en-IN"
) throws -> HouseholdReport {
    let clock = try clock(zone)
    let series = ConsumptionSeries(days(on: clock))
    let tariff = try Tariff(yaml: try #require(TariffLibrary.files["in-kl-kseb-lt1a"]))
    let account = Account(["phase": "single"])
    let january = BillingPeriod(first: "2026-01-01", end: "2026-02-01")
    let used = try #require(series.total(from: january.first, to: january.end))
    let bill = try tariff.bill(for: used.energy, over: january, account: account)
    let basis = BilledCase(
        tariff: tariff, consumption: MeteredConsumption(used.energy), terms: BillTerms(january, account: account),
        bill: bill)
    let december = try BilledCase(
        tariff: tariff, consumption: MeteredConsumption(.kilowattHours(251)),
        terms: BillTerms(BillingPeriod(first: "2025-12-01", end: january.first), account: account))
    let february = BillingPeriod(first: "2026-02-01", end: "2026-03-01")
    let soFar = try #require(series.total(from: february.first, to: february.end)).energy
    let today: LocalDate = "2026-02-20"
    let ahead = (0..<9).map { (today.adding(days: $0), Energy(milliwattHours: 5_000_000)) }
    let asOf = clock.start(of: "2026-02-20").addingTimeInterval(18 * 3600)
    let gap = clock.start(of: "2026-02-05").addingTimeInterval(3 * 3600)
    return HouseholdReport(
        slug: slug, name: name, consumerNumber: "1155880005678", wording: Wording(locale: locale, clock: clock),
        asOf: asOf, cycle: BillingCycle(), account: account, tariff: tariff, series: series,
        events: [
            RegisterEvent(
                kind: .gap, period: gap..<gap.addingTimeInterval(3 * 3600), before: .kilowattHours(812),
                after: Energy(milliwattHours: 812_432_100), credited: Energy(milliwattHours: 432_100))
        ],
        outages: [
            Outage(
                over: gap..<gap.addingTimeInterval(3 * 3600), cause: .networkLost,
                energy: Energy(milliwattHours: 432_100))
        ],
        corrections: [
            Correction(
                by: "Meera", because: "Read at the meter.", at: asOf,
                over: gap.addingTimeInterval(86_400)..<gap.addingTimeInterval(90_000), .consumption(.kilowattHours(1)))
        ],
        findings: [
            NightFinding(
                kind: .highDay, period: clock.period(of: "2026-02-12"), observed: 9, usual: 5, extra: .kilowattHours(4),
                score: 4)
        ],
        forecast: Forecast(
            period: february, today: "2026-02-20", soFar: soFar, expected: soFar + .kilowattHours(45),
            low: soFar + .kilowattHours(40), high: soFar + .kilowattHours(52),
            days: Dictionary(uniqueKeysWithValues: ahead),
            tries: 12),
        bills: [
            ReportedBill(bill: december.bill, revision: 1, coverage: used.coverage, basis: december),
            ReportedBill(
                bill: bill, revision: 2, coverage: used.coverage, receipt: "{}", basis: basis,
                estimated: Energy(milliwattHours: 432_100)),
        ], lastReading: asOf,
        otherMeters: [OtherMeter(name: "heat pump", role: .sub, series: series)])
}

func templates() async throws -> Templates {
    try await Templates(directory: repository.appending(path: "Templates").path(percentEncoded: false))
}
