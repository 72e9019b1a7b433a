import Billing
import Metering
import TestSupport
import Testing

struct BillTwinTests {
    private func ours(_ units: Int = 180) throws -> BilledCase {
        try BilledCase(
            tariff: .kseb(), consumption: MeteredConsumption(.kilowattHours(units)),
            terms: .over("2025-07-09", "2025-09-08", months: 2, ["phase": "single"]))
    }

    private func total(
        _ units: Int, _ inputs: [String: String] = ["phase": "single"], billDate: LocalDate = "2025-09-08"
    ) throws -> Money {
        try Tariff.kseb().bill(
            for: MeteredConsumption(.kilowattHours(units)),
            .over("2025-07-09", "2025-09-08", billDate: billDate, months: 2, inputs)
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
            for: MeteredConsumption(.kilowattHours(180)),
            .over("2024-12-31", "2025-03-01", months: 2, ["phase": "single"]))
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
