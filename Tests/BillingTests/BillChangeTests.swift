import Billing
import Metering
import TestSupport
import Testing

struct BillChangeTests {
    private func kerala(_ units: Int, _ first: LocalDate, _ end: LocalDate) throws -> BilledCase {
        try BilledCase(
            tariff: .kseb(), consumption: MeteredConsumption(.kilowattHours(units)),
            terms: .over(first, end, months: 1, ["phase": "single"]))
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

    @Test func belowAJumpTheUnitsCostWhatUnitsCostAndTheJumpIsTheSlabs() throws {
        let change = try BillChange(
            from: kerala(251, "2025-08-01", "2025-09-01"), to: kerala(162, "2025-10-01", "2025-11-01"))
        let units = try #require(change.effects.first { $0.cause == .units })
        // 89 units at 6.75 with a tenth of duty and 0.10 of surcharge.
        #expect(units.amount == Money(minorUnits: -669_72))
        let slab = try #require(change.effects.first { $0.cause == .slab })
        #expect(slab.amount < .zero && slab.amount > Money(minorUnits: -600_00))
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
        let june = try BilledCase(
            tariff: tariff, consumption: MeteredConsumption(.kilowattHours(310)),
            terms: .over("2026-06-01", "2026-07-01", inputs))
        let july = try BilledCase(
            tariff: tariff, consumption: MeteredConsumption(.kilowattHours(310)),
            terms: .over("2026-07-01", "2026-08-01", inputs))
        let change = try BillChange(from: june, to: july)
        #expect(
            change.effects.contains(.init(cause: .line("California climate credit"), amount: Money(minorUnits: -36_18)))
        )
        #expect(change.effects.map(\.amount).reduce(.zero, +) == change.difference)
    }

    @Test func moreDaysAtTheSameUseAreDays() throws {
        let tariff = try Tariff.shipped("us-ca-pge-e1")
        let terms = (
            BillTerms.over("2026-04-01", "2026-05-01", ["territory": "T"]),
            BillTerms.over("2026-05-01", "2026-06-01", ["territory": "T"])
        )
        let change = try BillChange(
            from: BilledCase(tariff: tariff, consumption: MeteredConsumption(.kilowattHours(300)), terms: terms.0),
            to: BilledCase(tariff: tariff, consumption: MeteredConsumption(.kilowattHours(310)), terms: terms.1))
        #expect(change.effects.map(\.cause) == [.days])
    }
}
