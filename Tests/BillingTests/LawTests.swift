import Billing
import Metering
import TestSupport
import Testing

/// What must hold for every tariff and every use.
struct LawTests {
    /// A random tariff of slabs, a fixed charge and a duty; dearer slabs only, so that it must be monotone.
    private func randomTariff(_ random: inout SeededRandom) throws -> Tariff {
        func slabs(_ count: Int) -> String {
            var (limit, rate) = (0, 100)
            return "["
                + (1...count).map { slab in
                    limit += random.whole(1...150)
                    rate += random.whole(0...300)
                    let text = "\(rate / 100).\(rate % 100 < 10 ? "0" : "")\(rate % 100)"
                    return slab == count ? "{rate: \"\(text)\"}" : "{upto: \(limit), rate: \"\(text)\"}"
                }.joined(separator: ", ") + "]"
        }
        let style = random.whole(0...1) == 0 ? "telescopic" : "whole"
        let months = random.whole(0...1) == 0 ? "nominal" : "days_over_30"
        let hasTimes = random.whole(0...2) == 0
        let factors = hasTimes ? ", tou: {day: \"\(random.decimal(50...200, places: 2))\", night: \"0.9\"}" : ""
        return try .sample(
            "{id: energy, energy: {classes: [{\(style): \(slabs(random.whole(1...5)))\(factors)}]}}",
            "{id: fixed, fixed: {per: month, by_total: \(slabs(random.whole(1...3)))}}",
            "{id: duty, percent: {rate: \"\(random.decimal(0...2000, places: 2))\", of: [energy, fixed]}}",
            top: hasTimes ? "tou: {default: night, periods: [{name: day, hours: [\"07:00-21:00\"]}]}" : "",
            billing: "{months: 1, period_length: \(months)}")
    }

    /// Some of it by day where the tariff asks.
    private func consumption(_ milliwattHours: Int64, in tariff: Tariff) -> MeteredConsumption {
        guard tariff.timeOfUse != nil else { return MeteredConsumption(Energy(milliwattHours: milliwattHours)) }
        let day = milliwattHours / 3
        return MeteredConsumption(byPeriod: [
            "day": Energy(milliwattHours: day), "night": Energy(milliwattHours: milliwattHours - day),
        ])
    }

    private func randomTerms(_ random: inout SeededRandom) -> BillTerms {
        let first = LocalDate("2024-01-01").adding(days: random.whole(0...800))
        return .over(first, first.adding(days: random.whole(1...70)))
    }

    @Test func tenThousandRandomPairsOfTariffAndUseKeepTheLaws() throws {
        var random = SeededRandom(20_250_401)
        for _ in 0..<500 {
            let tariff = try randomTariff(&random)
            let terms = randomTerms(&random)
            var dearest = Money.zero
            for energy in (0..<20).map({ _ in Int64(random.whole(0...1_000_000_000)) }).sorted() {
                let bill = try tariff.bill(for: consumption(energy, in: tariff), terms)
                #expect(bill.total >= dearest, "more energy costs no less")
                dearest = bill.total
                try check(bill)
            }
        }
    }

    @Test func theLinesOfShippedTariffsAddUpToTheTotal() throws {
        var random = SeededRandom(3)
        let cases: [(id: String, first: LocalDate, inputs: [String: String])] = [
            ("in-kl-kseb-lt1a", "2024-11-10", ["phase": "three"]),
            ("in-kl-kseb-lt1a", "2025-03-10", ["phase": "single"]),
            ("in-dl-domestic", "2022-02-14", ["load_kw": "3"]), ("my-tnb-domestic", "2025-06-10", [:]),
            ("kr-kepco-house-low", "2025-06-20", [:]), ("us-ca-pge-e1", "2026-05-20", ["territory": "R"]),
            ("lk-ceb-domestic", "2023-10-05", [:]), ("tw-taipower-residential", "2026-05-20", [:]),
            ("bd-residential", "2024-03-01", ["load_kw": "1.5"]), ("in-mh-msedcl-lt1b", "2020-05-03", [:]),
        ]
        for (id, first, inputs) in cases {
            let tariff = try Tariff.shipped(id)
            for _ in 0..<100 {
                let energy = Energy(milliwattHours: Int64(random.whole(0...1_200_000_000)))
                try check(
                    tariff.bill(
                        for: MeteredConsumption(energy), .over(first, first.adding(days: random.whole(28...33)), inputs)
                    ))
            }
        }
    }

    @Test func theLinesOfRandomKeralaBillsAddUpToTheRupee() throws {
        let tariff = try Tariff.kseb()
        for step in 0..<1000 {
            let energy = Energy(milliwattHours: Int64(step) * 1_227_554)
            let bill = try tariff.bill(
                for: MeteredConsumption(energy), .over("2025-03-10", "2025-04-09", ["phase": "three"]))
            let rounded = Rounding(to: try #require(Rate("1")), .halfUp)(bill.sumOfCharges)
            #expect(Amount(bill.total, in: bill.currency) == rounded)
        }
    }

    /// Parts make their line, lines make the total, each to less than the step it is rounded to.
    private func check(_ bill: Bill) throws {
        let sum = Amount(bill.total, in: bill.currency) - bill.sumOfCharges
        let step = try #require(Amount(bill.currency.places == 0 ? "10" : "1"))
        #expect(sum < step && -sum < step)
        for charge in bill.charges {
            let parts = charge.parts.map(\.amount).sum()
            let rest = (charge.amount < .zero ? -charge.amount : charge.amount) - parts
            #expect(rest < step && -rest < step)
        }
    }

    @Test func theUnitsOfASlabbedLineAreThoseBilled() throws {
        var random = SeededRandom(8)
        let tariff = try Tariff.shipped("kr-kepco-house-low")
        for _ in 0..<500 {
            let energy = Energy(milliwattHours: Int64(random.whole(0...900_000_000)))
            let first = LocalDate("2022-06-01").adding(days: random.whole(0...1000))
            let bill = try tariff.bill(
                for: MeteredConsumption(energy), .over(first, first.adding(days: random.whole(20...40))))
            let line = try #require(bill.charges.first { $0.id == "energy" })
            let units = line.parts.map { part in
                if case .energy(let energy) = part.quantity { energy } else { Energy.zero }
            }
            #expect(units.sum() == energy)
        }
    }
}
