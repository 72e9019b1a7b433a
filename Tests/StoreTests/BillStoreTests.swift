import Billing
import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct BillStoreTests {
    private let period = BillingPeriod(first: "2025-06-01", end: "2025-07-01")

    private func draft(_ units: Int) throws -> BillDraft {
        let tariff = try Tariff(yaml: try #require(TariffLibrary.files["in-kl-kseb-lt1a"]))
        return try draft(
            tariff.bill(for: .kilowattHours(units), over: period, account: Account(["phase": "single"])), units: units)
    }

    private func draft(_ bill: Bill, units: Int) throws -> BillDraft {
        let clock = LocalClock(zone: try #require(TimeZone(identifier: "Asia/Kolkata")))
        let consumption = Consumption(
            over: clock.period(from: period.first, to: period.end), energy: .kilowattHours(units), observed: 2_592_000,
            quality: .measured)
        return BillDraft(
            bill, tariffSHA256: "abc", consumption: consumption, madeAsOf: try instant("2025-07-02T00:00:00Z"))
    }

    private func meter() async throws -> Meter {
        let households = HouseholdStore(try .scratch)
        return try await households.saveMeter(
            named: "main", of: try await households.sample(), role: .main, cadence: 60)
    }

    @Test func aBillComesBackToTheLastPlace() async throws {
        let store = BillStore(try .scratch)
        let meter = try await meter()
        let draft = try draft(301)
        let saved = try await store.save(draft, of: meter)
        #expect(saved.isNew)
        let read = try await store.newest(of: meter, from: "2025-01-01", to: "2026-01-01")
        #expect(read.map(\.bill) == [draft.bill])
        #expect(read == [saved.bill])
    }

    /// Loads, days, shares of days, a minimum, units kept for later and times of use.
    @Test func everyKindOfProductComesBackToTheLastPlace() async throws {
        let yaml = """
            tariff: 1
            id: test
            currency: INR
            timezone: Asia/Kolkata
            inputs: {load_kw: decimal}
            rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
            billing: {months: 1, period_length: days_over_30}
            tou: {default: night, periods: [{name: day, hours: ["06:00-18:00"]}]}
            seasons: {dry: {from: 06-11, to: 12-31}, wet: {from: 01-01, to: 06-10}}
            versions:
              - from: 2025-01-01
                lines:
                  - {id: energy, per_kwh: {rate: {day: "2", night: {wet: "1", dry: "1.5"}}}}
                  - {id: load, fixed: {per: kw_month, amount: "7"}}
                  - {id: day, fixed: {per: day, amount: "0.5"}}
                  - {id: bill, fixed: {per: bill, amount: "9"}}
                  - {id: duty, percent: {rate: "3", of: [load]}}
                  - {id: minimum, minimum: {amount: "500"}}
                  - {id: export, export: {method: net_energy, bank: true}}
            """
        let consumption = MeteredConsumption(byPeriod: ["day": .kilowattHours(7), "night": .kilowattHours(6)])
        let meter = try await meter()
        for (days, given) in [(31, Energy.zero), (30, .kilowattHours(20))] {
            var consumption = consumption
            consumption.export = given
            let terms = BillTerms(
                BillingPeriod(first: "2025-06-01", end: LocalDate("2025-06-01").adding(days: days)),
                account: Account(["load_kw": "2.25"]))
            let bill = try Tariff(yaml: yaml).bill(for: consumption, terms)
            _ = try await BillStore(try .scratch).save(try draft(bill, units: 13), of: meter)
            let read = try await BillStore(try .scratch).revisions(of: meter, period: "2025-06-01")
            #expect(read.last?.bill == bill)
        }
    }

    @Test func theSameBillAgainIsNoNewRevisionAndAnotherOneIs() async throws {
        let store = BillStore(try .scratch)
        let meter = try await meter()
        _ = try await store.save(try draft(200), of: meter)
        let again = try await store.save(try draft(200), of: meter)
        #expect(!again.isNew)
        let other = try await store.save(try draft(201), of: meter)
        #expect(other.isNew)
        #expect(other.bill.revision == 2)
        let all = try await store.revisions(of: meter, period: period.first)
        #expect(all.map(\.bill.energy) == [.kilowattHours(200), .kilowattHours(201)])
        #expect(try await store.newest(of: meter, from: "2025-06-01", to: "2025-07-01").map(\.revision) == [2])
    }

    @Test func aMailIsClaimedByOneAlone() async throws {
        let meter = try await meter()
        let issued = try await BillStore(try .scratch).save(try draft(200), of: meter).bill
        let configuration = try Database.scratchConfiguration
        let claims = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await MailStore(Database(configuration)).claim(
                        issued, for: "a@example.org", messageID: "<\(number)@x>", at: .now)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(claims.filter { $0 }.count == 1)
        let mails = MailStore(try .scratch)
        #expect(try await mails.unsettled(before: .distantFuture).map(\.household) == ["nair"])
        try await mails.settle(issued, as: .sent, at: .now)
        #expect(try await mails.unsettled(before: .distantFuture).isEmpty)
        try await mails.release(issued)
        #expect(try await mails.claim(issued, for: "a@example.org", messageID: "<9@x>", at: .now) == false)
    }
}
