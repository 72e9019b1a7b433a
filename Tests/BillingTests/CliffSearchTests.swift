import Billing
import Metering
import TestSupport
import Testing

struct CliffSearchTests {
    private let june = BillTerms.over("2025-06-01", "2025-07-01", months: 1, ["phase": "single"])

    private func next(
        _ id: String, _ terms: BillTerms, used: Int, today: LocalDate, pace: Int, atLeast least: String = "0"
    ) throws -> Cliff? {
        try CliffSearch(
            try .shipped(id), terms, used: MeteredConsumption(.kilowattHours(used)), today: today,
            pace: .kilowattHours(pace)
        ).next(atLeast: try #require(Amount(least)))
    }

    @Test func keralaJumpsAt250UnitsWhereEveryUnitBeginsToCostMore() throws {
        let cliff = try #require(
            try next("in-kl-kseb-lt1a", june, used: 200, today: "2025-06-21", pace: 8, atLeast: "100"))
        #expect(cliff.lastUnit == .kilowattHours(250))
        #expect(cliff.left == .kilowattHours(50))
        #expect(cliff.crossedOn == "2025-06-27")
        #expect(cliff.dailyBudget == .kilowattHours(5))
        let before = try Tariff.kseb().bill("250", "2025-06-01", "2025-07-01", ["phase": "single"])
        let after = try Tariff.kseb().bill("251", "2025-06-01", "2025-07-01", ["phase": "single"])
        #expect(cliff.costOfNextUnit == after.total - before.total)
    }

    @Test func aCliffThatIsNotCrossedInThePeriodHasNoDay() throws {
        let cliff = try #require(
            try next("in-kl-kseb-lt1a", june, used: 200, today: "2025-06-21", pace: 4, atLeast: "100"))
        #expect(cliff.lastUnit == .kilowattHours(250))
        #expect(cliff.crossedOn == nil)
    }

    @Test func theFixedChargeStepsBeforeThat() throws {
        let cliff = try #require(try next("in-kl-kseb-lt1a", june, used: 160, today: "2025-06-21", pace: 8))
        #expect(cliff.lastUnit == .kilowattHours(200))
        #expect(cliff.jump.description == "20.00")
    }

    @Test func aLostSubsidyIsACliffToo() throws {
        let cliff = try #require(try next("in-kl-kseb-lt1a", june, used: 105, today: "2025-06-21", pace: 3))
        #expect(cliff.lastUnit == .kilowattHours(120))
    }

    @Test func tiersThatOnlyBendAreNoCliff() throws {
        let terms = BillTerms.over("2026-07-01", "2026-08-01", ["territory": "T"])
        #expect(try next("us-ca-pge-e1", terms, used: 150, today: "2026-07-15", pace: 10) == nil)
    }

    @Test func oneRateHasNoCliff() throws {
        let terms = BillTerms.over("2025-08-01", "2025-09-01")
        #expect(try next("za-eskom-homelight-20a", terms, used: 100, today: "2025-08-10", pace: 20) == nil)
    }

    @Test func aCliffOutOfReachIsNotSpokenOf() throws {
        #expect(try next("in-kl-kseb-lt1a", june, used: 125, today: "2025-06-29", pace: 3) == nil)
    }

    @Test func theBaseChargeOfKoreaJumpsWithTheTier() throws {
        let terms = BillTerms.over("2025-05-01", "2025-06-01")
        let cliff = try #require(try next("kr-kepco-house-low", terms, used: 150, today: "2025-05-21", pace: 10))
        #expect(cliff.lastUnit == .kilowattHours(200))
        #expect(cliff.jump.description == "781.08")
    }

    @Test func limitsOfADayAreFoundWithoutKnowingOfThem() throws {
        let tariff = try Tariff.sample(
            #"{id: energy, energy: {classes: [{whole: [{upto: {per_day: "6.4"}, rate: "1"}, {rate: "2"}]}]}}"#,
            billing: "{months: 1, period_length: days}")
        let cliff = try #require(
            try CliffSearch(
                tariff, .over("2025-06-01", "2025-07-01"), used: MeteredConsumption(.kilowattHours(100)),
                today: "2025-06-16",
                pace: .kilowattHours(8)
            ).next())
        #expect(cliff.lastUnit == .kilowattHours(192))
        #expect(cliff.jump.description == "192.00")
    }
}
