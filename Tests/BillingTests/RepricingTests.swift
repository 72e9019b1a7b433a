import Billing
import Metering
import TestSupport
import Testing

struct RepricingTests {
    @Test func energyMovedFromPeakToNightIsWorthTheDifferenceOfTheRates() throws {
        let tariff = try Tariff.shipped("us-ca-pge-etoud")
        let consumption = MeteredConsumption(byPeriod: ["peak": .kilowattHours(100), "offpeak": .kilowattHours(300)])
        let period = Repricing.PastPeriod(consumption: consumption, terms: .over("2026-07-01", "2026-08-01"))
        let repricing = try Repricing(
            [period], actual: .init("as it was", tariff: tariff),
            against: [
                .init(
                    "30 kWh to the night", tariff: tariff,
                    change: .moved(.kilowattHours(30), from: "peak", to: "offpeak"))
            ])
        #expect(repricing.outcomes.map(\.name) == ["30 kWh to the night", "as it was"])
        #expect(repricing.outcomes[0].difference == Money(minorUnits: -4_05))
    }

    @Test func tariffsAreRankedAndThoseThatCannotBillNamed() throws {
        let terms = BillTerms.over("2026-07-01", "2026-08-01", ["territory": "T"])
        let consumption = MeteredConsumption(byPeriod: ["peak": .kilowattHours(40), "offpeak": .kilowattHours(360)])
        let plain = try Tariff.shipped("us-ca-pge-etouc")
        let repricing = try Repricing(
            [.init(consumption: consumption, terms: terms)], actual: .init("C", tariff: plain),
            against: [
                .init("D", tariff: try .shipped("us-ca-pge-etoud"), account: Account()),
                .init("10 % less", tariff: plain, change: .scaled(try #require(Fraction("0.9")))),
                .init("20 kWh less", tariff: plain, change: .saved(.kilowattHours(20))),
                .init("one rate", tariff: try .shipped("us-ca-pge-e1")),
                .init("Kerala", tariff: try .kseb()),
            ])
        #expect(repricing.outcomes.map(\.name) == ["10 % less", "20 kWh less", "D", "one rate", "C"])
        #expect(repricing.outcomes.map(\.total) == repricing.outcomes.map(\.total).sorted())
        #expect(repricing.refused.keys.sorted() == ["Kerala"])
    }
}
