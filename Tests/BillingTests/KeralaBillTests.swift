import Billing
import Metering
import TestSupport
import Testing

/// Published figures of KSEB (circular of 22.03.2025, Annexure F; its calculator of 27.05.2025; printed bills).
struct KeralaBillTests {
    static let annexureF: [(units: Int, old: String, new: String)] = [
        (1, "3.30", "3.35"), (37, "122.10", "123.95"), (80, "264.00", "268.00"),
        (100, "330.00", "335.00"),
        (101, "334.15", "339.25"), (150, "537.50", "547.50"), (200, "745.00", "760.00"),
        (201, "750.25", "765.35"),
        (240, "955.00", "974.00"), (263, "1075.75", "1097.05"), (300, "1270.00", "1295.00"),
        (301, "1277.10", "1302.20"),
        (350, "1625.00", "1655.00"), (400, "1980.00", "2015.00"), (401, "1988.35", "2023.50"),
        (437, "2288.95", "2329.50"),
        (500, "2815.00", "2865.00"), (501, "3281.55", "3381.75"), (555, "3635.25", "3746.25"),
        (600, "3930.00", "4050.00"),
        (601, "4447.40", "4567.60"), (650, "4810.00", "4940.00"), (700, "5180.00", "5320.00"),
        (701, "5432.75", "5572.95"),
        (794, "6153.50", "6312.30"), (800, "6200.00", "6360.00"), (801, "6448.05", "6608.25"),
        (900, "7245.00", "7425.00"),
        (1000, "8050.00", "8250.00"), (1001, "9009.00", "9209.20"), (1050, "9450.00", "9660.00"),
    ]

    @Test(arguments: annexureF)
    func theReadyReckonerComesOutToThePaisa(units: Int, old: String, new: String) throws {
        let tariff = try Tariff.kseb()
        let before = try tariff.bill(
            for: .kilowattHours(units), over: BillingPeriod(first: "2025-01-01", end: "2025-03-01"),
            months: 2,
            account: singlePhase)
        let after = try tariff.bill(
            for: .kilowattHours(units), over: BillingPeriod(first: "2025-06-01", end: "2025-08-01"),
            months: 2,
            account: singlePhase)
        #expect(before.amount("energy") == old)
        #expect(after.amount("energy") == new)
    }

    @Test(arguments: [(100, "99.50"), (300, "209.00"), (500, "318.50"), (800, "517.50")])
    func theFixedChargeBlendsBothVersionsByDays(units: Int, fixed: String) throws {
        let bill = try Tariff.kseb().bill(
            for: .kilowattHours(units), over: BillingPeriod(first: "2025-03-29", end: "2025-05-28"),
            months: 2,
            account: singlePhase)
        #expect(bill.amount("fixed") == fixed)
    }

    @Test(arguments: [(111, "-43.50"), (180, "-78.00"), (240, "-108.00")])
    func theEnergySubsidyFollowsTheCalculator(units: Int, subsidy: String) throws {
        let bill = try Tariff.kseb().bill(
            for: .kilowattHours(units), over: BillingPeriod(first: "2025-06-01", end: "2025-08-01"),
            months: 2,
            account: singlePhase)
        #expect(bill.amount("subsidy_energy") == subsidy)
        #expect(bill.amount("subsidy_fixed") == "-40.00")
    }

    @Test func aPrintedThreePhaseBillOfTwoMonthsIsTheSame() throws {
        let bill = try Tariff.kseb().bill(
            for: .kilowattHours(218), over: BillingPeriod(first: "2025-07-10", end: "2025-09-09"),
            months: 2,
            account: threePhase)
        #expect(bill.amount("energy") == "856.30")
        #expect(bill.amount("fixed") == "410.00")
        #expect(bill.amount("duty") == "85.63")
        #expect(bill.amount("meter_rent") == "30.00")
        #expect(bill.amount("fuel_surcharge_bimonthly") == "21.80")
        #expect(bill.amount("subsidy_energy") == "-97.00")
        #expect(bill.sumOfCharges.description == "1306.73")
        #expect(bill.total == Money(minorUnits: 1307_00))
    }

    @Test func above250UnitsTheSlabReachedChargesEveryUnit() throws {
        let bill = try Tariff.kseb().bill(
            for: .kilowattHours(301), over: BillingPeriod(first: "2025-06-01", end: "2025-07-01"),
            account: singlePhase)
        let energy = try #require(bill.charges.first)
        #expect(energy.parts.map(\.rate.description) == ["7.60"])
        #expect(energy.amount.description == "2287.60")
        #expect(bill.amount("duty") == "228.76")
        #expect(bill.amount("fixed") == "240.00")
    }

    @Test func thePaperShowsWholeUnits() throws {
        let bill = try Tariff.kseb().bill(
            for: Energy(milliwattHours: 100_499_999),
            over: BillingPeriod(first: "2025-06-01", end: "2025-07-01"),
            account: singlePhase)
        #expect(bill.billedEnergy == .kilowattHours(100))
        #expect(bill.energy == Energy(milliwattHours: 100_499_999))
    }

    @Test func aMonthWithoutAPublishedSurchargeSaysSo() throws {
        let bill = try Tariff.kseb().bill(
            for: .kilowattHours(90), over: BillingPeriod(first: "2025-04-01", end: "2025-05-01"),
            account: singlePhase)
        #expect(bill.amount("fuel_surcharge") == nil)
        #expect(bill.notes.count == 1)
        #expect(bill.notes.first?.contains("2025-04") == true)
    }

    @Test func aDayBeforeTheFirstVersionHasNoBill() throws {
        let tariff = try Tariff.kseb()
        #expect(throws: BillingError.self) {
            try tariff.bill(
                for: .kilowattHours(90), over: BillingPeriod(first: "2020-04-01", end: "2020-05-01"),
                account: singlePhase)
        }
    }

    @Test func anAccountThatDoesNotTellItsPhaseIsRefused() throws {
        let tariff = try Tariff.kseb()
        #expect(
            throws: BillingError(
                .missingInput, "the tariff asks for 'phase', which the household does not tell")
        ) {
            try tariff.bill(
                for: .kilowattHours(90), over: BillingPeriod(first: "2025-06-01", end: "2025-07-01"))
        }
    }

    @Test func theLinesOfRandomBillsAddUpToTheTotal() throws {
        let tariff = try Tariff.kseb()
        for step in 0..<2000 {
            let energy = Energy(milliwattHours: Int64(step) * 613_777)
            let bill = try tariff.bill(
                for: energy, over: BillingPeriod(first: "2025-03-10", end: "2025-04-09"),
                account: threePhase)
            let rounded = Rounding(to: try #require(Rate("1")), .halfUp)(bill.sumOfCharges)
            #expect(Amount(bill.total, in: bill.currency) == rounded)
        }
    }
}
