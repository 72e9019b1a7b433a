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
            for: .kilowattHours(units), over: BillingPeriod(first: "2025-03-28", end: "2025-05-27"), months: 2,
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
            for: .kilowattHours(218), over: BillingPeriod(first: "2025-07-09", end: "2025-09-08"), months: 2,
            account: threePhase)
        #expect(bill.amount("energy") == "856.30")
        #expect(bill.amount("fixed") == "410.00")
        #expect(bill.amount("duty") == "85.63")
        #expect(bill.amount("meter_rent") == "30.00")
        #expect(bill.amount("fuel_surcharge") == "21.80")
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

    @Test(arguments: [-1, 1_000_000_001]) func energyThatCannotBeIsRefused(kilowattHours: Int) throws {
        #expect(throws: BillingError.self) {
            try Tariff.kseb().bill(
                for: MeteredConsumption(.kilowattHours(kilowattHours)),
                .over("2025-06-01", "2025-07-01", ["phase": "single"]))
        }
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
        #expect(bill.notes.first?.contains("2025-05") == true)
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
                .missingInput, "the tariff asks for 'phase' (single or three), which the household does not tell")
        ) {
            try tariff.bill(
                for: .kilowattHours(90), over: BillingPeriod(first: "2025-06-01", end: "2025-07-01"))
        }
    }

    @Test func aToDMeterMultipliesTheRateReached() throws {
        let consumption = MeteredConsumption(byPeriod: [
            "normal": .kilowattHours(214), "peak": .kilowattHours(96), "offpeak": .kilowattHours(202),
        ])
        let bill = try Tariff.kseb().bill(for: consumption, .over("2025-12-24", "2026-02-24", ["phase": "single"]))
        #expect(bill.parts("energy") == ["1300.05", "810.00", "1363.50"])
        #expect(bill.figures == ["3473.55", "440.00", "347.36", "12.00", "20.48", "4293.00"])
        #expect(bill.sumOfCharges.description == "4293.39")
    }

    @Test func ourOwnHoursAreNoToDMeter() throws {
        let hours = (0..<30).flatMap { day in
            (0..<24).map {
                HourConsumption(
                    day: LocalDate("2025-06-01").adding(days: day), minute: $0 * 60, energy: .kilowattHours(1))
            }
        }
        let plain = BillTerms.over("2025-06-01", "2025-07-01", ["phase": "single"])
        let byTimes = BillTerms.over("2025-06-01", "2025-07-01", ["phase": "single", "tod_meter": "true"])
        #expect(try Tariff.kseb().bill(for: MeteredConsumption(hours: hours), plain).parts("energy") == ["6624.00"])
        #expect(
            try Tariff.kseb().bill(for: MeteredConsumption(hours: hours), byTimes).parts("energy") == [
                "2980.80", "1380.00", "2208.00",
            ])
    }

    static let prosumer = ["phase": "three", "prosumer": "true"]

    /// A monthly three-phase prosumer whose gross use lies above 500 units.
    @Test(arguments: [
        ("2025-03-01", 89, ["326.85", "290.00", "32.69", "35.00", "5.34", "690.00"], "689.88"),
        ("2025-07-01", 169, ["784.30", "310.00", "78.43", "35.00", "10.14", "1218.00"], "1217.87"),
        ("2025-10-05", 49, ["164.15", "310.00", "16.42", "35.00", "4.90", "530.00"], "530.47"),
        ("2026-01-03", 121, ["492.35", "310.00", "49.24", "35.00", "9.68", "896.00"], "896.27"),
    ])
    func aProsumerPaysForNetUnitsAndTheFixedChargeOfGrossUse(
        date: LocalDate, net: Int, figures: [String], sum: String
    ) throws {
        let consumption = MeteredConsumption(
            .kilowattHours(400), export: .kilowattHours(400 - net), generation: .kilowattHours(700))
        let bill = try Tariff.kseb().bill(for: consumption, .over(date.adding(days: -30), date, Self.prosumer))
        #expect(bill.billedEnergy == .kilowattHours(net))
        #expect(bill.figures == figures)
        #expect(bill.sumOfCharges.description == sum)
    }

    @Test func aMonthlyBillOverTheChangeBlendsOver30Days() throws {
        let consumption = MeteredConsumption(.kilowattHours(279), generation: .kilowattHours(400))
        let bill = try Tariff.kseb().bill(for: consumption, .over("2025-03-03", "2025-04-02", Self.prosumer))
        #expect(bill.amount("energy") == "1831.17")
        #expect(bill.amount("fixed") == "291.33")
        #expect(bill.amount("duty") == "183.12")
        #expect(bill.amount("fuel_surcharge") == "19.53")
    }

    /// Annexure C.
    @Test(arguments: [
        ("2025-04-01", "0.9833", "0.0167"), ("2025-04-15", "0.75", "0.25"), ("2025-04-30", "0.5", "0.5"),
        ("2025-05-15", "0.25", "0.75"),
    ])
    func theFactorsFollowTheDateOfTheBill(date: LocalDate, old: String, new: String) throws {
        let bill = try Tariff.kseb().bill(
            "100", date.adding(days: -60), date.adding(days: 3), billDate: date, months: 2, ["phase": "single"])
        let weights = bill.charges.first { $0.id == "fixed" }?.parts.map { $0.weight?.description }
        #expect(weights == [old, new])
    }

    @Test func from60DaysAfterTheChangeTheNewVersionBillsAlone() throws {
        let bill = try Tariff.kseb().bill("100", "2025-03-31", "2025-05-30", ["phase": "single"])
        #expect(bill.charges.first { $0.id == "fixed" }?.parts.map(\.weight) == [nil])
        #expect(bill.amount("energy") == "335.00")
    }

    @Test func aFirstPartialMonthScalesLimitsFixedChargeAndRentByDays() throws {
        let bill = try Tariff.kseb().bill("40", "2025-06-01", "2025-06-21", ["phase": "single"])
        #expect(bill.parts("energy") == ["111.66666555", "28.33333475"])
        #expect(bill.amount("fixed") == "56.67")
        #expect(bill.amount("meter_rent") == "4.00")
    }

    @Test func theSmallestHouseholdsPayNothing() throws {
        let bill = try Tariff.kseb().bill(
            "30", "2025-06-01", "2025-07-01", ["phase": "single", "connected_load_w": "500"])
        #expect(bill.total == .zero)
        let other = try Tariff.kseb().bill("30", "2025-06-01", "2025-07-01", ["phase": "single"])
        #expect(other.amount("energy") == "100.50")
    }

    @Test func belowThePovertyLineEveryUnitCosts150Paise() throws {
        let bill = try Tariff.kseb().bill(
            "40", "2025-06-01", "2025-07-01", ["phase": "single", "connected_load_w": "900", "bpl": "true"])
        #expect(bill.figures == ["60.00", "6.00", "6.00", "72.00"])
    }

    @Test func theDemandBasedTariffReplacesTheFixedCharge() throws {
        let consumption = MeteredConsumption(.kilowattHours(300), demand: Rate("4.5"))
        let bill = try Tariff.kseb().bill(
            for: consumption, .over("2025-06-01", "2025-07-01", ["phase": "three", "demand_based": "true"]))
        #expect(bill.amount("fixed") == nil)
        #expect(bill.amount("demand") == "1260.00")
    }
}
