import Analysis
import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct ConsumptionStoreTests {
    @Test(arguments: ["Asia/Kolkata", "Europe/Berlin"])
    func daysComeBackAsTheyWere(zone: String) async throws {
        let households = HouseholdStore(try .scratch)
        let household = try await households.sample(zone: zone)
        let meter = try await households.saveMeter(named: "main", of: household, role: .main, cadence: 60)
        let clock = household.clock
        let period = clock.period(from: "2025-03-28", to: "2025-04-02")
        let some = readings(from: period.lowerBound.addingTimeInterval(5000), count: 7000, step: 9_999)
        let readingStore = ReadingStore(try .scratch)
        _ = try await readingStore.insert([(meter.id, some)])
        let span = try #require(try await readingStore.span(of: meter))
        let (days, events) = RegisterHistory(some).days(
            from: "2025-03-28", to: "2025-04-02", on: clock, limits: meter.limits)
        let store = ConsumptionStore(try .scratch)
        let roll = MeterRoll(
            meter: meter.id, first: "2025-03-28", start: period.lowerBound, days: days, events: events,
            changes: span.changes)
        for _ in 0..<2 { try await store.save([roll], knownBy: .distantFuture) }
        #expect(try await store.series(of: meter, from: "2025-01-01", to: "2026-01-01").days == days)
        #expect(try await store.events(of: meter, in: period) == events)
        let after = try #require(try await readingStore.span(of: meter))
        #expect(after.changedFrom == nil)
    }

    @Test func readingsThatComeDuringARollUpStayNew() async throws {
        let households = HouseholdStore(try .scratch)
        let meter = try await households.saveMeter(
            named: "main", of: try await households.sample(), role: .main, cadence: 60)
        let readingStore = ReadingStore(try .scratch)
        let some = readings(from: try instant("2025-01-01T00:00:00Z"), count: 20)
        _ = try await readingStore.insert([(meter.id, Array(some.prefix(10)))])
        let seen = try #require(try await readingStore.span(of: meter))
        _ = try await readingStore.insert([(meter.id, some)])
        let roll = MeterRoll(
            meter: meter.id, first: "2025-01-01", start: some[0].at, days: [], events: [], changes: seen.changes)
        try await ConsumptionStore(try .scratch).save([roll], knownBy: some[9].at)
        #expect(try await readingStore.span(of: meter)?.changedFrom == some[0].at)
    }

    @Test func aForecastComesBack() async throws {
        let households = HouseholdStore(try .scratch)
        let meter = try await households.saveMeter(
            named: "main", of: try await households.sample(), role: .main, cadence: 60)
        let june = BillingPeriod(first: "2025-06-01", end: "2025-07-01")
        let july = BillingPeriod(first: "2025-07-01", end: "2025-08-01")
        let outlook = PeriodOutlook(
            period: june, expected: .kilowattHours(110), quantiles: (0..<21).map { .kilowattHours(100 + $0) })
        let next = PeriodOutlook(
            period: july, expected: .kilowattHours(90), quantiles: (0..<21).map { .kilowattHours(80 + $0) })
        let day = Forecast.Day(expected: .kilowattHours(4), low: .kilowattHours(3), high: .kilowattHours(6))
        let forecast = Forecast(
            today: "2025-06-29", soFar: .kilowattHours(100), current: outlook, next: next, days: [day, day],
            knownDays: 20, spread: 12.5, usualSoFar: .kilowattHours(98), tomorrow: [.kilowattHours(1), .zero])
        let trial = ForecastTrial(
            of: outlook, after: 5, soFar: .kilowattHours(30), came: .kilowattHours(116), spread: 12)
        let store = AnalysisStore(try .scratch)
        for _ in 0..<2 {
            try await store.save(forecast, of: meter)
            try await store.save([trial], of: meter)
        }
        #expect(try await store.trials(of: meter, until: "2025-07-01") == [trial])
        #expect(try await store.trials(of: meter, until: "2025-06-30").isEmpty)
        #expect(try await store.forecast(of: meter, on: "2025-06-29") == forecast)
    }

    @Test func errorsAreForTheNightsAfter() async throws {
        let households = HouseholdStore(try .scratch)
        let meter = try await households.saveMeter(
            named: "main", of: try await households.sample(), role: .main, cadence: 60)
        let store = AnalysisStore(try .scratch)
        #expect(try await store.calibration(before: "2025-08-01") == .shipped)
        let outlook = PeriodOutlook(
            period: BillingPeriod(first: "2025-06-01", end: "2025-07-01"), expected: .kilowattHours(100),
            quantiles: (0..<21).map { .kilowattHours(90 + $0) })
        let trials = [0, 5, 10].map {
            ForecastTrial(of: outlook, after: $0, came: .kilowattHours(190), spread: 10)
        }
        try await store.save(trials, of: meter)
        for _ in 0..<2 { try await store.saveCalibration(on: "2025-08-01") }
        #expect(try await store.calibration(before: "2025-08-01") == .shipped)
        let later = try await store.calibration(before: "2025-08-02")
        // One month of nine spreads too much weighs little against what the program brings.
        let (old, new) = (Calibration.shipped.scores[8][10], later.scores[8][10])
        #expect(old < new && new < old + 0.1)
        #expect(later.scores[0] == Calibration.shipped.scores[0])
    }
}
