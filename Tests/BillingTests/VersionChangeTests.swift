import Billing
import Metering
import TestSupport
import Testing

/// A price of 1 until the end of April 2025, then 2.
struct VersionChangeTests {
    private func tariff(_ change: String, slabs: Bool = false) throws -> Tariff {
        func line(_ rate: Int) -> String {
            slabs
                ? "{id: energy, energy: {classes: [{telescopic: [{upto: 100, rate: \"\(rate)\"}, {rate: \"\(rate * 10)\"}]}]}}"
                : "{id: energy, per_kwh: {rate: \"\(rate)\"}}"
        }
        return try Tariff(
            yaml: """
                tariff: 1
                id: test
                currency: INR
                timezone: Asia/Kolkata
                rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
                billing: {months: 1, version_change: \(change)}
                versions:
                  - {from: 2025-01-01, to: 2025-04-30, lines: [\(line(1))]}
                  - {from: 2025-05-01, lines: [\(line(2))]}
                """)
    }

    /// From 16 April to 16 May: 15 days of each.
    @Test(arguments: [
        ("bill_date", LocalDate("2025-04-29"), "90.00"), ("bill_date", "2025-05-20", "180.00"),
        ("period_start", "2025-05-20", "90.00"), ("period_end", "2025-04-29", "180.00"),
        ("split_by_days", "2025-05-20", "135.00"), ("blend_by_days", "2025-05-10", "120.00"),
    ])
    func eachRuleHasItsOwnBill(change: String, billDate: LocalDate, total: String) throws {
        let bill = try tariff(change).bill("90", "2025-04-16", "2025-05-16", billDate: billDate)
        #expect(bill.totalText == total)
    }

    @Test func aReadingAtTheChangeBillsEachVersionsOwnUnits() throws {
        let hours = (0..<30).map { day in
            HourConsumption(
                day: LocalDate("2025-04-16").adding(days: day), minute: 0, energy: .kilowattHours(day < 15 ? 2 : 4))
        }
        let bill = try tariff("read_at_change").bill(
            for: MeteredConsumption(hours: hours), .over("2025-04-16", "2025-05-16"))
        #expect(bill.parts("energy") == ["30.00", "120.00"])
    }

    @Test func withoutAReadingAtTheChangeThereIsNoBill() throws {
        do {
            _ = try tariff("read_at_change").bill("90", "2025-04-16", "2025-05-16")
            Issue.record("billed without the reading")
        } catch let error as BillingError {
            #expect(error.kind == .missingInput)
            #expect(error.message.contains("2025-05-01"))
        }
        #expect(try tariff("read_at_change").bill("90", "2025-05-16", "2025-06-15").totalText == "180.00")
    }

    @Test func limitsAreSharedOutWithTheUnits() throws {
        let bill = try tariff("split_by_days", slabs: true).bill("120", "2025-04-16", "2025-05-16")
        #expect(bill.parts("energy") == ["50.00", "100.00", "100.00", "200.00"])
    }

    @Test func splittingByDaysInventsNoEnergy() throws {
        var random = SeededRandom(11)
        let tariff = try tariff("split_by_days")
        for _ in 0..<500 {
            let energy = Energy(milliwattHours: Int64(random.whole(0...900_000_000)))
            let first = LocalDate("2025-04-05").adding(days: random.whole(0...24))
            let bill = try tariff.bill(
                for: MeteredConsumption(energy), .over(first, first.adding(days: random.whole(27...33))))
            let billed = bill.charges[0].parts.map { part in
                if case .energy(let energy) = part.quantity { energy } else { Energy.zero }
            }
            #expect(billed.sum() == energy)
        }
    }

    @Test func aSeasonIsSharedOutByDays() throws {
        let tariff = try Tariff.shipped("tw-taipower-residential")
        let bill = try tariff.bill("100", "2026-05-22", "2026-06-11", months: 1)
        #expect(bill.totalText == "178.00")
        let wide = try tariff.bill("240", "2026-05-22", "2026-06-11", months: 1)
        #expect(wide.parts("energy") == ["106.80", "135.60", "106.80", "153.00"])
    }

    @Test func kepcoRoundsTheLimitsOfAStretchToWholeUnits() throws {
        let bill = try Tariff.shipped("kr-kepco-house-low").bill("300", "2025-06-15", "2025-07-15")
        let energy = try #require(bill.charges.first { $0.id == "energy" })
        #expect(energy.parts.map(\.quantityText) == ["107", "53", "140"])
    }

    /// KEPCO's own example, from 11 March to 10 April 2022 with a price change on 1 April, as quoted in kwh_to_won.
    @Test func kepcosExampleOfAPriceChangeInsideAMonth() throws {
        let bill = try Tariff.shipped("kr-kepco-house-low").bill("350", "2022-03-11", "2022-04-11")
        #expect(bill.amount("energy") == "45648.00")
        #expect(bill.amount("climate") == "2080.00")
    }

    @Test func sharingByDaysMovesNobodyIntoAnotherTier() throws {
        let tariff = try Tariff.shipped("kr-kepco-house-low")
        for offset in 1..<30 {
            let first = LocalDate("2022-03-02").adding(days: offset)
            let bill = try tariff.bill("200", first, first.adding(days: 30))
            #expect(bill.amount("base") == "910.00")
            let energy = try #require(bill.charges.first { $0.id == "energy" })
            #expect(Set(energy.parts.map(\.rate.description)).isSubset(of: ["88.30", "93.20"]))
        }
    }

    @Test func theSeasonMayBeTold() throws {
        let tariff = try Tariff.shipped("tw-taipower-residential")
        let bill = try tariff.bill("400", "2026-01-01", "2026-02-01", ["season": "summer"])
        #expect(bill.totalText == "1015.10")
    }
}
