import Billing
import Metering
import TestSupport
import Testing

/// Times of use, energy given to the network, demand and minimum bills.
struct MeteringRuleTests {
    private static let times = """
        tou:
          default: night
          periods:
            - {name: day, hours: ["06:00-22:00"], days: [workday]}
          holidays: [2025-06-09, {day: 12-25}, {weekday: thu, number: last, month: 11}]
        """

    private func tiers(_ filling: String) throws -> Tariff {
        let slabs = #"[{upto: 100, rate: {day: "3", night: "1"}}, {rate: {day: "5", night: "2"}}]"#
        return try .sample(
            "{id: energy, energy: {tier_tou: \(filling), classes: [{telescopic: \(slabs)}]}}", top: Self.times)
    }

    private let consumption = MeteredConsumption(byPeriod: ["day": .kilowattHours(60), "night": .kilowattHours(140)])
    private let june = BillTerms.over("2025-06-01", "2025-07-01")

    @Test func proportionalTiersHoldEachPeriodAlike() throws {
        let bill = try tiers("proportional").bill(for: consumption, june)
        #expect(bill.parts("energy") == ["90.00", "70.00", "150.00", "140.00"])
    }

    @Test func eachPeriodMayClimbByItself() throws {
        let bill = try tiers("per_period").bill(for: consumption, june)
        #expect(bill.parts("energy") == ["180.00", "100.00", "80.00"])
    }

    @Test func chronologicalTiersFillHourByHour() throws {
        let hours = [
            HourConsumption(day: "2025-06-02", minute: 0, energy: .kilowattHours(80)),
            HourConsumption(day: "2025-06-02", minute: 600, energy: .kilowattHours(60)),
            HourConsumption(day: "2025-06-09", minute: 600, energy: .kilowattHours(60)),
        ]
        let bill = try tiers("chronological").bill(for: MeteredConsumption(hours: hours), june)
        #expect(bill.parts("energy") == ["60.00", "80.00", "200.00", "120.00"])
        #expect(throws: BillingError.self) { try tiers("chronological").bill(for: consumption, june) }
    }

    /// FORMAT.md: the two ways of filling give different money.
    @Test func proportionalAndChronologicalDiffer() throws {
        let hours = [
            HourConsumption(day: "2025-06-02", minute: 0, energy: .kilowattHours(120)),
            HourConsumption(day: "2025-06-02", minute: 600, energy: .kilowattHours(80)),
        ]
        let inTime = try tiers("chronological").bill(for: MeteredConsumption(hours: hours), june)
        let inShares = try tiers("proportional").bill(for: MeteredConsumption(hours: hours), june)
        #expect(inTime.total != inShares.total)
    }

    @Test(arguments: [
        (LocalDate("2025-06-06"), 360, "day"), ("2025-06-06", 359, "night"), ("2025-06-07", 600, "night"),
        ("2025-06-09", 600, "night"), ("2025-12-25", 600, "night"), ("2025-11-27", 600, "night"),
        ("2025-11-20", 600, "day"),
    ])
    func holidaysAreNoWorkdays(day: LocalDate, minute: Int, period: String) throws {
        #expect(try tiers("proportional").timeOfUse?.period(on: day, minute: minute) == period)
    }

    private func export(_ rule: String) throws -> Tariff {
        try .sample("{id: energy, per_kwh: {rate: \"5\"}}", "{id: export, export: {\(rule)}}", top: Self.times)
    }

    private func solar(_ taken: Int, _ given: Int, made: Int = 0, banked: Int = 0) -> MeteredConsumption {
        MeteredConsumption(
            .kilowattHours(taken), export: .kilowattHours(given), generation: .kilowattHours(made),
            banked: .kilowattHours(banked))
    }

    @Test func netEnergyIsTakenOffTheUnitsAndTheRestIsKept() throws {
        let tariff = try export("method: net_energy, bank: true")
        #expect(try tariff.bill(for: solar(300, 200, banked: 30), june).figures == ["350.00", "350.00"])
        let surplus = try tariff.bill(for: solar(100, 150, banked: 10), june)
        #expect(surplus.totalText == "0.00")
        #expect(surplus.carriedEnergy == .kilowattHours(60))
    }

    @Test func theSettleMonthPaysWhatIsKept() throws {
        let tariff = try export("method: net_energy, bank: true, settle_month: 7, rate: \"2\"")
        let bill = try tariff.bill(for: solar(100, 150, banked: 10), june)
        #expect(bill.figures == ["0.00", "-120.00", "-120.00"])
        #expect(bill.carriedEnergy == .zero)
    }

    @Test func netBillingPaysForWhatIsGiven() throws {
        let bill = try export("method: net_billing, rate: \"2\"").bill(for: solar(100, 150), june)
        #expect(bill.figures == ["500.00", "-300.00", "200.00"])
    }

    @Test func buyAllSellAllBillsAllThatIsUsed() throws {
        let bill = try export("method: buy_all_sell_all, rate: \"2\"").bill(for: solar(100, 150, made: 250), june)
        #expect(bill.figures == ["1000.00", "-500.00", "500.00"])
    }

    @Test func exportsOfAPeriodAreNettedInItFirst() throws {
        let tariff = try Tariff.sample(
            #"{id: energy, per_kwh: {rate: {day: "3", night: "1"}}}"#, "{id: export, export: {method: net_energy}}",
            top: Self.times)
        var consumption = consumption
        consumption.export = .kilowattHours(80)
        consumption.exportByPeriod = ["day": .kilowattHours(80)]
        #expect(try tariff.bill(for: consumption, june).totalText == "120.00")
    }

    @Test(arguments: [
        ("billing_demand: contract, contract: kva", "6", "600.00"), ("billing_demand: recorded", "4.2", "420.00"),
        ("billing_demand: max_recorded_or_share, contract: kva, share: \"0.75\"", "4.2", "450.00"),
        ("billing_demand: recorded, contract: kva, excess_multiplier: \"1.5\"", "8", "900.00"),
        ("billing_demand: recorded, round: {to: \"1\", mode: ceil}", "4.2", "500.00"),
    ])
    func demandIsBilledByItsBasis(rule: String, recorded: String, total: String) throws {
        let tariff = try Tariff.sample("{id: demand, demand: {rate: \"100\", \(rule)}}", top: "inputs: {kva: decimal}")
        let consumption = MeteredConsumption(.zero, demand: Rate(recorded))
        #expect(try tariff.bill(for: consumption, .over("2025-06-01", "2025-07-01", ["kva": "6"])).totalText == total)
    }

    @Test func aMinimumBillFillsUpWhatIsShort() throws {
        let tariff = try Tariff.sample(
            #"{id: energy, per_kwh: {rate: "5"}}"#, #"{id: minimum, minimum: {amount: "80", per: month, of: [energy]}}"#
        )
        #expect(try tariff.bill("10", "2025-06-01", "2025-07-01").figures == ["50.00", "30.00", "80.00"])
        #expect(try tariff.bill("20", "2025-06-01", "2025-07-01").figures == ["100.00", "100.00"])
        #expect(try tariff.bill("20", "2025-06-01", "2025-08-01").totalText == "160.00")
    }

    @Test(arguments: [(25, "100.00"), (30, "100.00"), (35, "100.00"), (36, "120.00"), (24, "80.00"), (61, "200.00")])
    func daysNearAMonthCountAsOne(days: Int, total: String) throws {
        let tariff = try Tariff.sample(
            #"{id: fixed, fixed: {per: month, amount: "100"}}"#, billing: "{months: 1, tolerance_days: [25, 35]}")
        let first = LocalDate("2025-06-01")
        #expect(try tariff.bill("0", first, first.adding(days: days)).totalText == total)
    }
}
