import Billing
import Foundation
import Metering
import Reports
import TestSupport
import Testing

struct WordingTests {
    private func wording(_ locale: String) throws -> Wording {
        Wording(locale: locale, clock: try clock())
    }

    @Test(arguments: [
        ("en-IN", "₹1,23,456.78"), ("en-GB", "₹123,456.78"), ("de-DE", "123.456,78\u{A0}₹"),
        ("fr-FR", "123\u{202F}456,78\u{A0}₹"),
    ])
    func moneyIsWrittenAsTheHouseholdDoes(_ locale: String, _ expected: String) throws {
        let rupee = try #require(Currency(code: "INR"))
        #expect(try wording(locale).money(Money(minorUnits: 12_345_678), rupee) == expected)
    }

    @Test(arguments: [
        (0, 1, "0.0"), (49_999, 1, "0.0"), (50_000, 1, "0.1"), (-50_000, 1, "−0.1"), (1_234_567_890, 3, "1,234.568"),
        (10_000_000_000_000, 0, "1,00,00,000"),
    ])
    func energyIsRoundedHalfUp(_ milliwattHours: Int64, _ places: Int, _ expected: String) throws {
        let energy = Energy(milliwattHours: milliwattHours)
        #expect(try wording("en-IN").kilowattHours(energy, places: places) == expected)
    }

    @Test(arguments: [
        (20.0, "less than a minute"), (60, "1 min"), (11_100, "3 h 5 min"), (90_000, "1 d 1 h"),
        (86_340, "23 h 59 min"),
    ])
    func durationsAreShort(_ seconds: Double, _ expected: String) throws {
        #expect(try wording("en-IN").duration(seconds) == expected)
    }

    @Test func aPeriodOverNewYearNamesBothYears() throws {
        let period = BillingPeriod(first: "2025-12-15", end: "2026-02-15")
        #expect(try wording("en-IN").period(period) == "15 December 2025 to 14 February 2026")
    }
}
