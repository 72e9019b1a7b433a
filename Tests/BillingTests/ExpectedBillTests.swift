import Billing
import Metering
import TestSupport
import Testing

struct ExpectedBillTests {
    private let june = BillTerms.over("2025-06-01", "2025-07-01", months: 1, ["phase": "single"])

    @Test func theExpectedBillIsNotTheBillOfTheExpectedUse() throws {
        let samples = (0..<100).map { Energy.kilowattHours(201 + $0) }
        let distribution = try #require(ConsumptionDistribution(samples: samples))
        let expected = try ExpectedBill(of: distribution, by: .kseb(), june)
        let bills = try samples.map { try Tariff.kseb().bill(for: MeteredConsumption($0), june).total.minorUnits }
        #expect(expected.mean.minorUnits == Int64((Double(bills.reduce(0, +)) / 100).rounded()))
        #expect(expected.mean != expected.ofExpectedUse)
        #expect(expected.low.minorUnits == bills.sorted()[10])
        #expect(expected.high.minorUnits == bills.sorted()[89])
    }

    @Test func theOddsOfTheSlabsAddUpToOne() throws {
        let quantiles: [(share: Double, energy: Energy)] = [
            (0.1, .kilowattHours(180)), (0.5, .kilowattHours(240)), (0.9, .kilowattHours(330)),
        ]
        let distribution = try #require(ConsumptionDistribution(quantiles: quantiles))
        let expected = try ExpectedBill(of: distribution, by: .kseb(), june)
        #expect(abs(expected.slabs.map(\.odds).reduce(0, +) - 1) < 1e-12)
        let upTo250 = expected.slabs.filter { ($0.upTo ?? .kilowattHours(999)) <= .kilowattHours(250) }
        #expect(abs(upTo250.map(\.odds).reduce(0, +) - 0.545) < 0.006)
    }

    @Test func aSureUseHasOneBill() throws {
        let distribution = try #require(ConsumptionDistribution(samples: [.kilowattHours(90)]))
        let expected = try ExpectedBill(of: distribution, by: .kseb(), june)
        #expect(Set([expected.mean, expected.low, expected.high, expected.ofExpectedUse]).count == 1)
    }

    @Test func quantilesMustRise() {
        #expect(ConsumptionDistribution(quantiles: [(0.5, .kilowattHours(9)), (0.5, .kilowattHours(10))]) == nil)
        #expect(ConsumptionDistribution(quantiles: []) == nil)
    }
}
