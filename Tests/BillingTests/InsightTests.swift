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
            try .shipped(id), terms, used: Usage(.kilowattHours(used)), today: today, pace: .kilowattHours(pace)
        ).next(atLeast: try #require(Amount(least)))
    }

    @Test func keralaJumpsAt250UnitsWhereEveryUnitBeginsToCostMore() throws {
        let cliff = try #require(try next("in-kl-kseb-lt1a", june, used: 200, today: "2025-06-21", pace: 8, atLeast: "100"))
        #expect(cliff.lastUnit == .kilowattHours(250))
        #expect(cliff.left == .kilowattHours(50))
        #expect(cliff.crossedOn == "2025-06-27")
        #expect(cliff.dailyBudget == .kilowattHours(5))
        let before = try Tariff.kseb().bill("250", "2025-06-01", "2025-07-01", ["phase": "single"])
        let after = try Tariff.kseb().bill("251", "2025-06-01", "2025-07-01", ["phase": "single"])
        #expect(cliff.costOfNextUnit == after.total - before.total)
    }

    @Test func aCliffThatIsNotCrossedInThePeriodHasNoDay() throws {
        let cliff = try #require(try next("in-kl-kseb-lt1a", june, used: 200, today: "2025-06-21", pace: 4, atLeast: "100"))
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
                tariff, .over("2025-06-01", "2025-07-01"), used: Usage(.kilowattHours(100)), today: "2025-06-16",
                pace: .kilowattHours(8)
            ).next())
        #expect(cliff.lastUnit == .kilowattHours(192))
        #expect(cliff.jump.description == "192.00")
    }
}

struct ExpectedBillTests {
    private let june = BillTerms.over("2025-06-01", "2025-07-01", months: 1, ["phase": "single"])

    @Test func theExpectedBillIsNotTheBillOfTheExpectedUse() throws {
        let samples = (0..<100).map { Energy.kilowattHours(201 + $0) }
        let distribution = try #require(UsageDistribution(samples: samples))
        let expected = try ExpectedBill(of: distribution, by: .kseb(), june)
        let bills = try samples.map { try Tariff.kseb().bill(for: Usage($0), june).total.minorUnits }
        #expect(expected.mean.minorUnits == Int64((Double(bills.reduce(0, +)) / 100).rounded()))
        #expect(expected.mean != expected.ofExpectedUse)
        #expect(expected.low.minorUnits == bills.sorted()[10])
        #expect(expected.high.minorUnits == bills.sorted()[89])
    }

    @Test func theOddsOfTheSlabsAddUpToOne() throws {
        let quantiles: [(share: Double, energy: Energy)] = [
            (0.1, .kilowattHours(180)), (0.5, .kilowattHours(240)), (0.9, .kilowattHours(330)),
        ]
        let distribution = try #require(UsageDistribution(quantiles: quantiles))
        let expected = try ExpectedBill(of: distribution, by: .kseb(), june)
        #expect(abs(expected.slabs.map(\.odds).reduce(0, +) - 1) < 1e-12)
        let upTo250 = expected.slabs.filter { ($0.upTo ?? .kilowattHours(999)) <= .kilowattHours(250) }
        #expect(abs(upTo250.map(\.odds).reduce(0, +) - 0.545) < 0.006)
    }

    @Test func aSureUseHasOneBill() throws {
        let distribution = try #require(UsageDistribution(samples: [.kilowattHours(90)]))
        let expected = try ExpectedBill(of: distribution, by: .kseb(), june)
        #expect(Set([expected.mean, expected.low, expected.high, expected.ofExpectedUse]).count == 1)
    }

    @Test func quantilesMustRise() {
        #expect(UsageDistribution(quantiles: [(0.5, .kilowattHours(9)), (0.5, .kilowattHours(10))]) == nil)
        #expect(UsageDistribution(quantiles: []) == nil)
    }
}

struct RepricingTests {
    @Test func energyMovedFromPeakToNightIsWorthTheDifferenceOfTheRates() throws {
        let tariff = try Tariff.shipped("us-ca-pge-etoud")
        let usage = Usage(byPeriod: ["peak": .kilowattHours(100), "offpeak": .kilowattHours(300)])
        let period = Repricing.PastPeriod(usage: usage, terms: .over("2026-07-01", "2026-08-01"))
        let repricing = try Repricing(
            [period], actual: .init("as it was", tariff: tariff),
            against: [.init("30 kWh to the night", tariff: tariff, change: .moved(.kilowattHours(30), from: "peak", to: "offpeak"))])
        #expect(repricing.outcomes.map(\.name) == ["30 kWh to the night", "as it was"])
        #expect(repricing.outcomes[0].difference == Money(minorUnits: -4_05))
    }

    @Test func tariffsAreRankedAndThoseThatCannotBillNamed() throws {
        let terms = BillTerms.over("2026-07-01", "2026-08-01", ["territory": "T"])
        let usage = Usage(byPeriod: ["peak": .kilowattHours(40), "offpeak": .kilowattHours(360)])
        let plain = try Tariff.shipped("us-ca-pge-etouc")
        let repricing = try Repricing(
            [.init(usage: usage, terms: terms)], actual: .init("C", tariff: plain),
            against: [
                .init("D", tariff: try .shipped("us-ca-pge-etoud"), account: Account()),
                .init("10 % less", tariff: plain, change: .scaled(try #require(Fraction("0.9")))),
                .init("20 kWh less", tariff: plain, change: .saved(.kilowattHours(20))),
                .init("Kerala", tariff: try .kseb()),
            ])
        #expect(repricing.outcomes.map(\.name) == ["10 % less", "20 kWh less", "D", "C"])
        #expect(repricing.outcomes.map(\.total) == repricing.outcomes.map(\.total).sorted())
        #expect(repricing.refused.keys.sorted() == ["Kerala"])
    }
}

struct BillChangeTests {
    private func kerala(_ units: Int, _ first: LocalDate, _ end: LocalDate) throws -> BilledCase {
        try BilledCase(
            tariff: .kseb(), usage: Usage(.kilowattHours(units)), terms: .over(first, end, months: 1, ["phase": "single"]))
    }

    @Test func theEffectsAddUpToTheDifferenceToThePaisa() throws {
        var random = SeededRandom(5)
        for _ in 0..<100 {
            let months = [LocalDate("2025-02-01"), "2025-03-01", "2025-07-01", "2025-12-01"]
            let (first, second) = (months[random.whole(0...3)], months[random.whole(0...3)])
            let older = try kerala(random.whole(0...600), first, first.inMonth.adding(months: 1).firstDay)
            let newer = try kerala(random.whole(0...600), second, second.inMonth.adding(months: 1).firstDay)
            let change = try BillChange(from: older, to: newer)
            #expect(change.difference == newer.bill.total - older.bill.total)
            #expect(change.effects.map(\.amount).reduce(.zero, +) == change.difference)
        }
    }

    @Test func moreUnitsInTheSameSlabAreUnitsAlone() throws {
        let change = try BillChange(
            from: kerala(160, "2025-08-01", "2025-09-01"), to: kerala(170, "2025-10-01", "2025-11-01"))
        #expect(change.effects.first { $0.cause == .units }?.amount == Money(minorUnits: 80_20))
        #expect(change.effects.first { $0.cause == .slab } == nil)
    }

    @Test func aSlabReachedIsToldApartFromTheUnits() throws {
        let change = try BillChange(
            from: kerala(250, "2025-08-01", "2025-09-01"), to: kerala(251, "2025-10-01", "2025-11-01"))
        let slab = try #require(change.effects.first { $0.cause == .slab })
        #expect(slab.amount > Money(minorUnits: 300_00))
    }

    @Test func anotherVersionIsAChangeOfRates() throws {
        let change = try BillChange(
            from: kerala(200, "2025-01-01", "2025-02-01"), to: kerala(200, "2025-07-01", "2025-08-01"))
        #expect(change.effects.map(\.cause).contains(.rates))
        #expect(!change.effects.map(\.cause).contains(.units))
    }

    @Test func aLineOfOneBillAloneIsNamed() throws {
        let tariff = try Tariff.shipped("us-ca-pge-e1")
        let inputs = ["territory": "T"]
        let june = try BilledCase(tariff: tariff, usage: Usage(.kilowattHours(310)), terms: .over("2026-06-01", "2026-07-01", inputs))
        let july = try BilledCase(tariff: tariff, usage: Usage(.kilowattHours(310)), terms: .over("2026-07-01", "2026-08-01", inputs))
        let change = try BillChange(from: june, to: july)
        #expect(
            change.effects.contains(.init(cause: .line("California climate credit"), amount: Money(minorUnits: -36_18))))
        #expect(change.effects.map(\.amount).reduce(.zero, +) == change.difference)
    }

    @Test func moreDaysAtTheSameUseAreDays() throws {
        let tariff = try Tariff.shipped("us-ca-pge-e1")
        let terms = (BillTerms.over("2026-04-01", "2026-05-01", ["territory": "T"]), BillTerms.over("2026-05-01", "2026-06-01", ["territory": "T"]))
        let change = try BillChange(
            from: BilledCase(tariff: tariff, usage: Usage(.kilowattHours(300)), terms: terms.0),
            to: BilledCase(tariff: tariff, usage: Usage(.kilowattHours(310)), terms: terms.1))
        #expect(change.effects.map(\.cause) == [.days])
    }
}

struct BillTwinTests {
    private func ours(_ units: Int = 180) throws -> BilledCase {
        try BilledCase(
            tariff: .kseb(), usage: Usage(.kilowattHours(units)),
            terms: .over("2025-07-09", "2025-09-08", months: 2, ["phase": "single"]))
    }

    private func total(_ units: Int, _ inputs: [String: String] = ["phase": "single"], billDate: LocalDate = "2025-09-08") throws -> Money {
        try Tariff.kseb().bill(
            for: Usage(.kilowattHours(units)), .over("2025-07-09", "2025-09-08", billDate: billDate, months: 2, inputs)
        ).total
    }

    @Test func billsThatAgreeNeedNoCause() throws {
        let twin = try BillTwin(UtilityBill(units: .kilowattHours(180), total: total(180)), ours: ours())
        #expect(twin.difference == .zero)
        #expect(twin.causes.isEmpty && twin.isExplained)
    }

    @Test func aMeterThatCountsMoreIsAGain() throws {
        let theirs = UtilityBill(start: .kilowattHours(1000), end: .kilowattHours(1189), total: try total(189))
        let twin = try BillTwin(theirs, ours: ours())
        #expect(twin.causes == [.gain(percent: 5)])
        #expect(twin.isExplained)
    }

    @Test func readingsOfOtherDaysAreToldFromAGain() throws {
        let period = BillingPeriod(first: "2025-07-01", end: "2025-09-20")
        var days: [LocalDate: Energy] = [:]
        for offset in 0..<period.dayCount { days[period.first.adding(days: offset)] = .kilowattHours(3) }
        days["2025-09-08"] = .kilowattHours(9)
        let case61 = try ours(183)
        let twin = try BillTwin(UtilityBill(units: .kilowattHours(192), total: total(192)), ours: case61, days: days)
        #expect(twin.causes == [.readingDates(start: 0, end: 1)])
        #expect(twin.isExplained)
    }

    @Test func anotherPhaseIsFound() throws {
        let theirs = UtilityBill(units: .kilowattHours(180), total: try total(180, ["phase": "three"]))
        let twin = try BillTwin(theirs, ours: ours())
        #expect(twin.causes.contains(.input("phase", "three")))
    }

    @Test func anOlderVersionIsFound() throws {
        let old = try Tariff.kseb().bill(
            for: Usage(.kilowattHours(180)), .over("2024-12-31", "2025-03-01", months: 2, ["phase": "single"]))
        let surcharge = Amount(Money(minorUnits: 18_00), in: old.currency)
        let total = Rounding(to: try #require(Rate("1")), .halfUp)(old.sumOfCharges + surcharge)
        let theirs = UtilityBill(units: .kilowattHours(180), total: try #require(total.money(in: old.currency)))
        let twin = try BillTwin(theirs, ours: ours())
        #expect(twin.causes.contains(.version(from: "2024-12-05")))
    }

    @Test func aLineLeftOutIsNamed() throws {
        let mine = try ours()
        let rent = try #require(mine.bill.charges.first { $0.id == "meter_rent" })
        let total = Rounding(to: try #require(Rate("1")), .halfUp)(mine.bill.sumOfCharges - rent.amount)
        let theirs = UtilityBill(units: .kilowattHours(180), total: try #require(total.money(in: mine.bill.currency)))
        #expect(try BillTwin(theirs, ours: mine).causes.contains(.missedLine("Meter rent")))
    }

    @Test func linesThatWereEnteredAreCompared() throws {
        let lines = ["energy": try #require(Amount("600.00")), "Arrears": try #require(Amount("12.00"))]
        let twin = try BillTwin(UtilityBill(lines: lines, total: Money(minorUnits: 900_00)), ours: ours())
        #expect(twin.differences.map(\.label) == ["Energy charge", "Arrears"])
        #expect(twin.differences.map { $0.ours?.description } == ["675.00", nil])
        #expect(!twin.isExplained)
    }
}
