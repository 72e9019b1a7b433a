import Billing
import Metering
import TestSupport
import Testing

/// Published figures of Delhi, Tamil Nadu, Karnataka and Maharashtra.
struct IndianBillTests {
    @Test func aPrintedDelhiBillComesOutLineByLine() throws {
        let bill = try Tariff.shipped("in-dl-domestic").bill("545", "2022-06-25", "2022-07-25", ["load_kw": "3"])
        #expect(bill.parts("energy") == ["585.00", "877.50", "1007.50"])
        #expect(bill.parts("ppac_energy") == ["121.04", "181.55", "208.45"])
        #expect(
            bill.figures == ["146.13", "2470.00", "511.04", "209.29", "183.13", "30.24", "158.93", "3708.76"])
    }

    @Test func theOlderDelhiTariffCountsMonthsByCalendarDays() throws {
        let bill = try Tariff.shipped("in-dl-domestic").bill("350", "2015-06-17", "2015-07-18", ["load_kw": "2"])
        #expect(bill.amount("fixed") == "40.60")
    }

    @Test func theDelhiSubsidyIsHalfAndAtMost800() throws {
        let tariff = try Tariff.shipped("in-dl-domestic")
        let inputs = ["load_kw": "2", "subsidy": "true"]
        #expect(try tariff.bill("200", "2022-06-01", "2022-07-01", inputs).total == .zero)
        let half = try tariff.bill("250", "2022-06-01", "2022-07-01", inputs)
        #expect(half.amount("subsidy_half") == "-613.40")
        let full = try tariff.bill("390", "2022-06-01", "2022-07-01", ["load_kw": "5", "subsidy": "true"])
        #expect(full.amount("subsidy_half") == "-800.00")
    }

    @Test(arguments: [
        ("2022-08-01", 200, "170.00"), ("2022-08-01", 400, "830.00"), ("2022-08-01", 800, "3760.00"),
        ("2023-01-01", 200, "225.00"), ("2023-01-01", 400, "1125.00"), ("2023-01-01", 800, "4550.00"),
        ("2023-01-01", 510, "2030.00"), ("2023-01-01", 700, "3650.00"), ("2023-01-01", 1100, "7650.00"),
        ("2013-01-01", 80, "100.00"),
    ])
    func tamilNaduBillsTwoMonthsByTheTotal(end: LocalDate, units: Int, total: String) throws {
        let bill = try Tariff.shipped("in-tn-lt1a").bill(String(units), end.adding(days: -61), end)
        #expect(bill.totalText == total)
    }

    @Test(arguments: [("3", "360.00"), ("2.6", "300.00"), ("0.4", "120.00"), ("52", "6000.00")])
    func bescomTakesTheLoadToTheNearestQuarter(load: String, fixed: String) throws {
        let bill = try Tariff.shipped("in-ka-bescom-lt1").bill("100", "2024-05-01", "2024-06-01", ["load_kw": load])
        #expect(bill.amount("fixed") == fixed)
        #expect(bill.amount("energy") == "590.00")
        #expect(bill.amount("fixed_above_50_kw") == (load == "52" ? "420.00" : nil))
    }

    @Test func bescomKeepsTheOldVersionForAPeriodBegunBeforeIt() throws {
        #expect(throws: BillingError.self) {
            try Tariff.shipped("in-ka-bescom-lt1").bill("100", "2024-03-25", "2024-04-25", ["load_kw": "3"])
        }
    }

    @Test func maharashtraWidensTheSlabsWithTheDays() throws {
        let bill = try Tariff.shipped("in-mh-msedcl-lt1b").bill("400", "2020-07-01", "2020-08-01")
        let units = bill.charges.first { $0.id == "energy" }?.parts.map(\.quantityText)
        #expect(units == ["103", "206", "91"])
    }
}
