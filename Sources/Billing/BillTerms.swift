package import Metering

/// When a bill is for, when it is made, and for whom.
package struct BillTerms: Hashable, Sendable {
    package let period: BillingPeriod
    /// The day the bill is dated: by it some tariffs choose the version and the month's surcharge.
    package let billDate: LocalDate
    /// Months of an ordinary round, for a tariff that counts them; nil to take them from the days.
    package let months: Int?
    /// The length in months whatever the tariff's rule says; nil to go by the rule.
    package let length: Fraction?
    package let account: Account

    /// - Parameter billDate: nil for the day after the last one billed, on which the meter is read.
    package init(
        _ period: BillingPeriod, billDate: LocalDate? = nil, months: Int? = nil, length: Fraction? = nil,
        account: Account = Account()
    ) {
        self.period = period
        self.billDate = billDate ?? period.end
        self.months = months
        self.length = length
        self.account = account
    }
}
