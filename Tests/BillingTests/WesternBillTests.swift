import Billing
import Metering
import TestSupport
import Testing

/// Published figures of California, Ontario, British Columbia, Quebec and South Africa.
struct WesternBillTests {
    @Test func tieredByBaseline() throws {
        let bill = try Tariff.shipped("us-ca-pge-e1").bill("310", "2026-07-01", "2026-08-01", ["territory": "T"])
        #expect(bill.parts("energy") == ["65.61", "44.16"])
        #expect(bill.figures == ["109.77", "24.60", "-36.18", "98.19"])
    }

    @Test(arguments: [("0.015", "0.00"), ("0.016", "0.01")])
    func aCentBeginsAtHalfACent(kwh: String, energy: String) throws {
        let bill = try Tariff.shipped("us-ca-pge-e1").bill(kwh, "2026-07-01", "2026-08-01", ["territory": "T"])
        #expect(bill.amount("energy") == energy)
    }

    /// One kilowatt-hour in every hour of July 2026.
    private var everyHour: MeteredConsumption {
        MeteredConsumption(
            hours: (0..<31).flatMap { day in
                (0..<24).map {
                    HourConsumption(
                        day: LocalDate("2026-07-01").adding(days: day), minute: $0 * 60, energy: .kilowattHours(1))
                }
            })
    }

    @Test func timesOfUseWithABaselineCredit() throws {
        let bill = try Tariff.shipped("us-ca-pge-etouc").bill(
            for: everyHour, .over("2026-07-01", "2026-08-01", ["territory": "T"]))
        #expect(bill.parts("energy") == ["80.97", "235.25"])
        #expect(bill.figures == ["316.22", "-16.40", "24.60", "-36.18", "288.24"])
    }

    @Test func aHolidayOnASaturdayIsKeptOnTheFriday() throws {
        let tariff = try Tariff.shipped("us-ca-pge-etoud")
        let times = try #require(tariff.timeOfUse)
        #expect(times.period(on: "2026-07-02", minute: 17 * 60) == "peak")
        #expect(times.period(on: "2026-07-03", minute: 17 * 60) == "offpeak")
        #expect(times.period(on: "2026-07-06", minute: 17 * 60) == "peak")
        #expect(times.period(on: "2026-07-06", minute: 20 * 60) == "offpeak")
        #expect(times.period(on: "2027-07-05", minute: 17 * 60) == "offpeak")
        let bill = try tariff.bill(for: everyHour, .over("2026-07-01", "2026-08-01"))
        let peak = bill.charges[0].parts.first { $0.period == "peak" }
        #expect(peak?.quantityText == "66")
        #expect(bill.parts("energy") == ["31.49", "231.96"])
    }

    @Test func pricesThatNoSourceGivesForTheWinterAreRefused() throws {
        let consumption = MeteredConsumption(byPeriod: ["peak": .kilowattHours(100), "offpeak": .kilowattHours(300)])
        #expect(throws: BillingError.self) {
            try Tariff.shipped("us-ca-pge-etoud").bill(for: consumption, .over("2026-04-01", "2026-05-01"))
        }
    }

    @Test func aTariffByTimeOfUseAsksForThePeriods() throws {
        do {
            _ = try Tariff.shipped("us-ca-pge-etoud").bill("100", "2026-07-01", "2026-08-01")
            Issue.record("a bill was made without the periods")
        } catch let error as BillingError {
            #expect(error.kind == .missingInput)
            #expect(error.message.contains("peak, offpeak"))
        }
    }

    /// Reckoned by hand from the printed rates.
    @Test func ontarioTaxesAndRebatesTheSubtotal() throws {
        let bill = try Tariff.shipped("ca-on-rpp-tiered").bill("700", "2022-06-01", "2022-07-01")
        #expect(
            bill.figures == [
                "70.30", "31.62", "0.70", "11.62", "3.03", "2.83", "0.25", "15.65", "-20.46", "115.54",
            ])
    }

    @Test func ontariosFirstTierIsWiderInWinter() throws {
        let bill = try Tariff.shipped("ca-on-rpp-tiered").bill("900", "2022-12-01", "2023-01-01")
        #expect(bill.amount("energy") == "88.20")
        #expect(bill.notes.contains { $0.contains("2022-10-31") })
    }

    @Test func bcHydrosTierIsTakenToWholeUnits() throws {
        let bill = try Tariff.shipped("ca-bc-hydro-res").bill("1400", "2024-05-01", "2024-06-30")
        #expect(bill.charges[0].parts.map(\.quantityText) == ["1332", "68"])
        #expect(bill.totalText == "155.69")
    }

    @Test func quebecsTierIsTakenOverTheWholePeriod() throws {
        let tariff = try Tariff.sample(
            #"{id: energy, energy: {classes: [{telescopic: [{upto: {per_day: "40"}, rate: "1"}, {rate: "2"}]}]}}"#,
            billing: "{months: 2, period_length: days}")
        let bill = try tariff.bill("2500", "2024-05-01", "2024-07-02")
        #expect(bill.charges[0].parts.map(\.quantityText) == ["2480", "20"])
        let old = try Tariff.shipped("ca-qc-hydro-quebec-d").bill("2000", "2015-05-01", "2015-07-02")
        #expect(old.figures == ["25.20", "117.69", "142.89"])
    }

    @Test(arguments: [
        ("za-eskom-homelight-20a", "2024-08-01", "400", "889.86"),
        ("za-eskom-homelight-20a", "2025-08-01", "400", "994.11"),
        ("za-eskom-homelight-60a", "2024-08-01", "700", "2057.03"),
        ("za-eskom-homelight-60a", "2025-08-01", "700", "2211.50"),
    ])
    func homelightAddsVAT(id: String, first: LocalDate, kwh: String, total: String) throws {
        #expect(try Tariff.shipped(id).bill(kwh, first, first.inMonth.adding(months: 1).firstDay).totalText == total)
    }

    @Test func vatOnACentPriceRoundsToTheCent() throws {
        let tariff = try Tariff.sample(
            #"{id: energy, per_kwh: {rate: "121.67"}}"#, #"{id: vat, percent: {rate: "15", of: [energy]}}"#)
        #expect(try tariff.bill("1", "2024-05-01", "2024-06-01").totalText == "139.92")
    }
}
