import Billing
import Testing

struct RoundingTests {
    @Test(arguments: [
        (Rounding.Mode.halfUp, "0.005", "0.01"), (.halfUp, "-0.005", "-0.01"),
        (.halfUp, "0.0049", "0.00"),
        (.halfEven, "0.005", "0.00"), (.halfEven, "0.015", "0.02"), (.halfEven, "-0.015", "-0.02"),
        (.down, "-0.019", "-0.01"), (.down, "0.019", "0.01"), (.up, "0.011", "0.02"),
        (.up, "-0.011", "-0.02"),
        (.floor, "-0.011", "-0.02"), (.floor, "0.019", "0.01"), (.ceil, "-0.019", "-0.01"),
        (.ceil, "0.011", "0.02"),
        (.ceil, "0.01", "0.01"),
    ])
    func eachModeGoesItsStatedWay(mode: Rounding.Mode, from: String, to: String) throws {
        let rounding = Rounding(to: try #require(Rate("0.01")), mode)
        #expect(rounding(try #require(Amount(from))).description == to)
    }

    @Test(arguments: ["3.5x", "1e3", "", ".5", "5.", "1.2.3", "+1", "0.1234567890", " 1", "٣"])
    func whatIsNoPlainDecimalIsNoRate(text: String) {
        #expect(Rate(text) == nil)
    }

    @Test func productsOfTwiceAsManyDigitsAreExact() throws {
        let amount = try #require(Amount("9000000000000")) * Fraction(10_000)
        #expect((amount * (try #require(Fraction("33333333/100000000")))).description == "29999999700000000.00")
        #expect((-amount * (try #require(Fraction("0.999999999")))).description == "-89999999910000000.00")
    }

    @Test func aRateKeepsEveryDecimalItWasGiven() throws {
        #expect(try #require(Rate("0.32561")).description == "0.32561")
        #expect(try #require(Rate("10")).description == "10.00")
        #expect(try #require(Rate("-0.5")).description == "-0.50")
    }
}
