import Analysis
import Billing
import Control
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
                score: 4,
                evidence: FindingEvidence(
                    .days(from: "2026-02-09"), observed: [5.1, nil, 4.9, 9], low: [5, 5, 5, 5], high: [5, 5, 5, 5],
                    marked: 3..<4)),
            jump(of: february, on: clock, soFar: soFar),
        ],
        forecast: forecast(of: february, today: today, soFar: soFar), trials: trials(),
        bills: [
            ReportedBill(bill: december.bill, revision: 1, coverage: used.coverage, basis: december),
            ReportedBill(
                bill: bill, revision: 2, coverage: used.coverage, receipt: "{}", basis: basis,
                estimated: Energy(milliwattHours: 432_100)),
        ], lastReading: asOf,
        otherMeters: [OtherMeter(name: "heat pump", role: .sub, series: series)],
        live: liveHistory(clock))
}

/// Two alerts of February, one of them over, and a kettle that was switched off.
private func liveHistory(_ clock: LocalClock) -> LiveHistory {
    let place = AlertPlace(device: "Kitchen", sockets: PerRelay("Kettle", "Heater"))
    let evening = clock.start(of: "2026-02-11").addingTimeInterval(19 * 3600)
    let conditions = [
        AlertCondition(
            AlertCondition.Key(device: 1, kind: .heavier, socket: .second), probability: 0.9, observed: 1870, usual: 640
        ),
        AlertCondition(AlertCondition.Key(device: nil, kind: .monthLimit, socket: .none), observed: 75, usual: 100),
    ]
    let order = RelayOrder(
        id: 1,
        RelayOrderDraft(
            device: 1, relay: .first, isOn: false, author: "lakshmi", reason: "live page",
            orderedAt: evening, expiresAt: evening.addingTimeInterval(60)),
        state: .confirmed, sentAt: evening, acknowledgedAt: evening, settledAt: evening, wattsBefore: 1870,
        wattsAfter: 3)
    return LiveHistory(
        alerts: [
            Alert(
                id: 1, household: 1, conditions[0], sentence: conditions[0].sentence(in: place), openedAt: evening,
                resolvedAt: evening.addingTimeInterval(1200), resolvedBy: "lakshmi"),
            Alert(
                id: 2, household: 1, conditions[1], sentence: conditions[1].sentence(in: place),
                openedAt: evening.addingTimeInterval(86_400)),
        ], switchings: [Switching(socket: "Kettle", order: order)])
}

/// Told on the 16th: the step at 150 kWh, the rest of the month at 5 kWh a day.
private func jump(of period: BillingPeriod, on clock: LocalClock, soFar: Energy) -> NightFinding {
    let sums = (0..<28).map { Double($0 + 1) * 5 }
    func ahead(_ factor: Double) -> [Double?] { sums.map { $0 > 75 ? 75 + ($0 - 75) * factor : nil } }
    return NightFinding(
        kind: .billJump, period: clock.start(of: "2026-02-16")..<clock.start(of: period.end), observed: 165, usual: 150,
        extra: .kilowattHours(15), score: 8,
        evidence: FindingEvidence(
            .days(from: period.first), observed: sums.map { $0 <= 75 ? $0 : nil }, low: ahead(0.9), high: ahead(1.3),
            other: ahead(1.1), marked: 15..<28,
            jump: BillJumpFacts(
                reason: .cliff, odds: 0.82, cost: 123_00, dailyBudget: 4.5, dailyPace: 5.5, crossing: "2026-02-24",
                earliest: "2026-02-22", latest: nil)))
}

/// 5 kWh a day for thirty days, the month probably 40 to 52 kWh above what is so far.
private func forecast(of period: BillingPeriod, today: LocalDate, soFar: Energy) -> Forecast {
    let rest = [36] + (1...19).map { 40 + $0 * 12 / 20 } + [56]
    let days = (1...30).map { number in
        Forecast.Day(
            expected: .kilowattHours(5), low: Energy(milliwattHours: Int64(number) * 4_400_000),
            high: Energy(milliwattHours: Int64(number) * 5_800_000))
    }
    return Forecast(
        today: today, soFar: soFar,
        current: PeriodOutlook(
            period: period, expected: soFar + .kilowattHours(45), quantiles: rest.map { soFar + .kilowattHours($0) }),
        next: PeriodOutlook(
            period: BillingPeriod(first: period.end, end: "2026-04-01"), expected: .kilowattHours(155),
            quantiles: (0..<21).map { .kilowattHours(130 + $0 * 3) }),
        days: days, knownDays: 50, spread: 12, usualSoFar: .kilowattHours(88),
        tomorrow: (0..<24).map { Energy(milliwattHours: Int64(100_000 + $0 * 9_000)) })
}

/// November and December 2025, one of which came out above the range.
private func trials() -> [ForecastTrial] {
    [("2025-11-01", "2025-12-01", 150), ("2025-12-01", "2026-01-01", 171)].map { first, end, came in
        let period = BillingPeriod(first: LocalDate(stringLiteral: first), end: LocalDate(stringLiteral: end))
        return ForecastTrial(
            period: period, daysOver: 15, expected: .kilowattHours(148), low: .kilowattHours(137),
            median: .kilowattHours(149), high: .kilowattHours(161), came: .kilowattHours(came), spread: 12)
    }
}

func templates() async throws -> Templates {
    try await Templates(directory: repository.appending(path: "Templates").path(percentEncoded: false))
}
