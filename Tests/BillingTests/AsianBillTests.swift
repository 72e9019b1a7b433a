import Billing
import Metering
import TestSupport
import Testing

/// Published figures of Malaysia, Korea, Japan, Sri Lanka, Bangladesh, Thailand, Taiwan, Pakistan and Nepal.
struct AsianBillTests {
    @Test(arguments: [
        ("2025-06-01", "2025-07-01", 300, "71.00"), ("2025-06-01", "2025-07-01", 900, "408.70"),
        ("2025-06-01", "2025-07-01", 2000, "1298.25"), ("2025-09-01", "2025-10-01", 300, "65.79"),
        ("2025-09-01", "2025-10-01", 900, "418.35"), ("2025-09-01", "2025-10-01", 2000, "1177.78"),
    ])
    func tnbBillsComeOutToTheSen(first: LocalDate, end: LocalDate, units: Int, total: String) throws {
        #expect(try Tariff.shipped("my-tnb-domestic").bill(String(units), first, end).totalText == total)
    }

    @Test func theTNBBlocksOf2020() throws {
        #expect(
            try Tariff.shipped("my-tnb-domestic").bill("350", "2020-04-01", "2020-05-01").amount("blocks") == "102.80")
    }

    @Test func theTNBBlocksWidenWithTheDays() throws {
        let bill = try Tariff.shipped("my-tnb-domestic").bill("700", "2020-04-01", "2020-05-31")
        #expect(bill.parts("blocks") == ["87.20", "66.80", "51.60"])
    }

    @Test func kepcoOf2016() throws {
        let bill = try Tariff.shipped("kr-kepco-house-low").bill("225", "2016-05-01", "2016-06-01")
        #expect(bill.figures == ["1600.00", "23357.00", "2496.00", "920.00", "28370"])
    }

    @Test(arguments: [
        ("2018-05-01", "2018-06-01", 340, "52940"), ("2025-05-01", "2025-06-01", 150, "23780"),
        ("2025-05-01", "2025-06-01", 201, "32400"), ("2025-05-01", "2025-06-01", 350, "70950"),
        ("2025-05-01", "2025-06-01", 401, "90710"), ("2025-07-01", "2025-08-01", 300, "46320"),
        ("2025-07-01", "2025-08-01", 450, "85740"),
    ])
    func kepcoBillsComeOutToTheWon(first: LocalDate, end: LocalDate, units: Int, total: String) throws {
        #expect(try Tariff.shipped("kr-kepco-house-low").bill(String(units), first, end).totalText == total)
    }

    @Test func aRateThatNoSourceGivesIsRefused() throws {
        #expect(throws: BillingError.self) {
            try Tariff.shipped("kr-kepco-house-low").bill("500", "2018-05-01", "2018-06-01")
        }
    }

    static let tepco: [(ampere: String, units: Int, total: String)] = [
        ("10", 100, "2274"), ("10", 200, "4790"), ("10", 300, "7438"), ("10", 400, "10495"), ("30", 100, "2846"),
        ("30", 140, "3773"), ("30", 350, "9538"), ("30", 700, "20238"), ("40", 120, "3529"), ("40", 300, "8296"),
        ("40", 600, "17467"), ("50", 100, "3418"),
    ]

    @Test(arguments: tepco)
    func tepcoBillsComeOutToTheYen(ampere: String, units: Int, total: String) throws {
        let bill = try Tariff.shipped("jp-tepco-b").bill(String(units), "2020-05-01", "2020-06-01", ["ampere": ampere])
        #expect(bill.totalText == total)
    }

    @Test(arguments: [(120, "3698"), (300, "7992"), (700, "18430")])
    func tokyoGasBillsComeOutToTheYen(units: Int, total: String) throws {
        let bill = try Tariff.shipped("jp-tokyogas-zuttomo1").bill(
            String(units), "2020-05-01", "2020-06-01", ["ampere": "30"])
        #expect(bill.totalText == total)
    }

    @Test func halfTheBaseChargeWhenNothingIsUsed() throws {
        let bill = try Tariff.shipped("jp-tepco-b").bill("0", "2020-05-01", "2020-06-01", ["ampere": "15"])
        #expect(bill.totalText == "214")
    }

    @Test func cebOf2011By31Days() throws {
        let bill = try Tariff.shipped("lk-ceb-domestic").bill("210", "2012-01-01", "2012-02-01")
        let units = bill.charges[0].parts.map(\.quantityText)
        #expect(units == ["31", "31", "31", "31", "62", "24"])
        let withFuel = try bill.charges[0].parts.map { part in
            (part.amount + part.amount * (try #require(Fraction("0.4")))).description
        }
        #expect(withFuel == ["130.20", "203.98", "325.50", "911.40", "2083.20", "1209.60"])
        #expect(bill.amount("fuel") == "1389.68")
        #expect(bill.amount("fixed") == "315.00")
    }

    @Test(arguments: [
        ("2015-02-01", 60, "280.50"), ("2015-02-01", 61, "571.00"), ("2023-12-01", 60, "1620.00"),
        ("2024-06-01", 100, "3900.00"),
    ])
    func cebChangesItsClassAbove60(first: LocalDate, units: Int, total: String) throws {
        let bill = try Tariff.shipped("lk-ceb-domestic").bill(String(units), first, first.adding(days: 30))
        #expect(bill.totalText == total)
    }

    @Test func aPrintedBillOfBangladeshInWholeTaka() throws {
        let bill = try Tariff.shipped("bd-residential").bill("118", "2020-05-01", "2020-06-01", ["load_kw": "2"])
        #expect(bill.figures == ["560.00", "60.00", "40.00", "33.00", "693.00"])
    }

    @Test func aWholeRateOf2012() throws {
        let tariff = try Tariff.sample(
            #"{id: energy, energy: {classes: [{whole: [{upto: 300, rate: unknown}, {upto: 400, rate: "4.29"}, {rate: unknown}]}]}}"#
        )
        #expect(try tariff.bill("400", "2020-05-01", "2020-06-01").totalText == "1716.00")
    }

    @Test func theBillOf2003ByMEA() throws {
        let bill = try Tariff.shipped("th-mea-residential").bill("500", "2004-05-01", "2004-06-01", ["ft": "0.2195"])
        #expect(bill.parts("energy") == ["270.705", "694.525", "297.80"])
        #expect(bill.figures == ["1263.03", "40.90", "109.75", "98.95", "1512.63"])
    }

    @Test func taipowerHasAMinimumAndSeasons() throws {
        let tariff = try Tariff.shipped("tw-taipower-residential")
        #expect(try tariff.bill("10", "2026-01-01", "2026-02-01").totalText == "100.00")
        #expect(try tariff.bill("400", "2026-07-01", "2026-08-01").totalText == "1015.10")
        #expect(try tariff.bill("400", "2026-01-01", "2026-02-01").totalText == "907.30")
    }

    @Test(arguments: [
        ("unprotected", 301, "11634.99"), ("protected", 150, "1951.50"), ("protected", 201, "6653.10"),
        ("lifeline", 50, "197.50"), ("lifeline", 51, "394.74"),
    ])
    func kElectricChargesEveryUnitAtTheSlabReached(kind: String, units: Int, total: String) throws {
        let bill = try Tariff.shipped("pk-ke-residential").bill(
            String(units), "2025-09-01", "2025-10-01", ["class": kind])
        #expect(bill.totalText == total)
    }

    @Test func nepalChargesServiceByTheSlabReached() throws {
        let bill = try Tariff.shipped("np-nea-single-30a").bill("50", "2021-05-01", "2021-06-01")
        #expect(bill.figures == ["325.00", "100.00", "425.00"])
    }
}
