/// The local days that one bill covers.
package struct BillingPeriod: Hashable, Sendable {
    package let first: LocalDate
    /// The day after the last one billed.
    package let end: LocalDate

    package init(first: LocalDate, end: LocalDate) {
        precondition(first < end, "a billing period has at least one day")
        self.first = first
        self.end = end
    }

    package var lastDay: LocalDate {
        end.adding(days: -1)
    }

    package var dayCount: Int {
        first.days(until: end)
    }
}

/// How often a household is billed, and from which day.
package struct BillingCycle: Hashable, Sendable {
    /// Months in a period, 1 or 2.
    package let months: Int
    /// The day of the month on which a period begins; a month without such a day begins it on its last.
    package let anchorDay: Int
    /// For two months: 0 when a period begins in January, 1 when one begins in February.
    package let phase: Int

    package init(months: Int = 1, anchorDay: Int = 1, phase: Int = 0) {
        precondition((1...12).contains(months) && (1...31).contains(anchorDay))
        self.months = months
        self.anchorDay = anchorDay
        self.phase = phase
    }

    /// The period that holds `day`.
    package func period(containing day: LocalDate) -> BillingPeriod {
        let month =
            day < day.inMonth.day(clamping: anchorDay) ? day.inMonth.adding(months: -1) : day.inMonth
        let past = (month.index - phase) % months
        let start = month.adding(months: -(past < 0 ? past + months : past))
        return BillingPeriod(
            first: start.day(clamping: anchorDay),
            end: start.adding(months: months).day(clamping: anchorDay))
    }

    /// The period that follows `period`.
    package func period(after period: BillingPeriod) -> BillingPeriod {
        self.period(containing: period.end)
    }
}
