import Billing
import Metering
import TestSupport
import Testing

struct TariffFileTests {
    private static let good = """
        tariff: 1
        id: test
        currency: INR
        timezone: Asia/Kolkata
        inputs: {phase: [single, three]}
        rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
        billing: {months: 1}
        versions:
          - from: 2025-01-01
            lines:
              - {id: energy, energy: {classes: [{telescopic: [{upto: 100, rate: "1"}, {rate: "2"}]}]}}
              - {id: duty, percent: {rate: "10", of: [energy]}}
        """

    @Test func aSmallFileIsRead() throws {
        let bill = try Tariff(yaml: Self.good).bill(
            for: .kilowattHours(150), over: BillingPeriod(first: "2025-02-01", end: "2025-03-01"),
            account: singlePhase)
        #expect(bill.total == Money(minorUnits: 220_00))
    }

    @Test(arguments: [
        ("tariff: 1", "tariff: 2", "line 1, column 9"),
        ("currency: INR", "currency: rupee", "line 3, column 11"),
        ("currency: INR", "curency: INR", "'curency' is not known here"),
        ("rate: \"2\"", "rate: \"2x\"", "line 11"),
        (
            "{upto: 100, rate: \"1\"}, {rate: \"2\"}",
            "{upto: 100, rate: \"1\"}, {upto: 90, rate: \"2\"}", "the last entry has no upto"
        ),
        ("{upto: 100, rate: \"1\"}", "{rate: \"1\"}", "only the last entry may be without upto"),
        ("of: [energy]", "of: [enrgy]", "'enrgy' is no line above"),
        ("mode: half_up}, total", "mode: half}, total", "'half' is not one of half_up"),
        ("id: duty", "id: energy", "stands here twice"),
        ("from: 2025-01-01", "from: 2025-02-30", "is not a date"),
        ("months: 1", "months: 1, version_change: by_feeling", "'by_feeling' is not one of bill_date"),
        ("tariff: 1", "tariff: [", "not YAML"),
        ("id: test", "", "'id' is missing here"),
    ])
    func aFaultIsNamedWithItsPlace(part: String, wrong: String, message: String) throws {
        let text = Self.good.replacing(part, with: wrong, maxReplacements: 1)
        #expect(text != Self.good)
        do {
            _ = try Tariff(yaml: text)
            Issue.record("the file was taken: \(wrong)")
        } catch let error as BillingError {
            #expect(error.kind == .badTariff)
            #expect(error.message.contains(message), "\(error.message)")
        }
    }
}
