/// How long a bill's period counts, and what happens when prices change inside it.
package struct BillingRules: Hashable, Sendable {
    /// How a period's length in months comes from its days.
    package enum Length: String, Sendable, CaseIterable {
        /// An ordinary round counts whole months, whatever its days.
        case nominal
        case daysOver30 = "days_over_30"
        /// In each calendar month, its days used over all its days (Delhi).
        case calendarFractions = "calendar_fractions"
        /// Limits are given for a day; monthly ones count as nominal.
        case days
        /// Limits are given for a bill: each counts as one, whatever its days.
        case bill
    }

    /// What is done when a price changes inside a billing period.
    package enum Change: Hashable, Sendable {
        /// The version in force on the bill's date makes the whole bill.
        case billDate
        /// The version in force on the period's first day makes the whole bill.
        case periodStart
        /// The version in force on the period's last day makes the whole bill.
        case periodEnd
        /// Units and limits are shared out by days, and each version bills its own (Korea).
        case splitByDays
        /// Each version makes the whole bill; they are weighted by their share of the nominal days (30 a month) up to the
        /// bill's date, taken to `places` decimals (Kerala: KSEBL circular of 22.03.2025, Annexure C).
        case blendByDays(places: Int)
        /// The meter is read on the day of the change, and each version bills its own units.
        case readAtChange
    }

    /// Months of an ordinary round.
    package let months: Int
    package let length: Length
    /// Days that count as one month, whatever the rule of length says; nil for none.
    package let tolerance: ClosedRange<Int>?
    /// Decimals of a share of a month; nil for exact fractions.
    package let factorPlaces: Int?
    package let versionChange: Change
    package let seasonChange: Change
}
