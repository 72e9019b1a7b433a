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
    /// Days on which the meter is read, in order: each ends a period and begins the next, whatever the months say.
    package let readingDays: [LocalDate]

    package init(months: Int = 1, anchorDay: Int = 1, phase: Int = 0, readingDays: [LocalDate] = []) {
        precondition((1...12).contains(months) && (1...31).contains(anchorDay))
        self.months = months
        self.anchorDay = anchorDay
        self.phase = phase
        self.readingDays = Set(readingDays).sorted()
    }

    /// The period that holds `day`.
    package func period(containing day: LocalDate) -> BillingPeriod {
        guard let firstRead = readingDays.first, let lastRead = readingDays.last else { return byMonths(day) }
        if day < firstRead {
            let period = byMonths(day)
            return BillingPeriod(first: period.first, end: min(period.end, firstRead))
        }
        if day >= lastRead { return after(lastRead, holding: day) }
        let end = readingDays.first { $0 > day } ?? lastRead
        let first = readingDays.last { $0 <= day } ?? firstRead
        return BillingPeriod(first: first, end: end)
    }

    /// The period that follows `period`.
    package func period(after period: BillingPeriod) -> BillingPeriod {
        self.period(containing: period.end)
    }

    private func byMonths(_ day: LocalDate) -> BillingPeriod {
        let month =
            day < day.inMonth.day(clamping: anchorDay) ? day.inMonth.adding(months: -1) : day.inMonth
        let past = (month.index - phase) % months
        let start = month.adding(months: -(past < 0 ? past + months : past))
        return BillingPeriod(
            first: start.day(clamping: anchorDay),
            end: start.adding(months: months).day(clamping: anchorDay))
    }

    /// Until the next reading day is known, periods go on from the last one in whole rounds.
    private func after(_ lastRead: LocalDate, holding day: LocalDate) -> BillingPeriod {
        func start(_ round: Int) -> LocalDate {
            lastRead.inMonth.adding(months: round * months).day(clamping: lastRead.day)
        }
        var round = max(0, (day.inMonth.index - lastRead.inMonth.index) / months - 1)
        while start(round + 1) <= day { round += 1 }
        return BillingPeriod(first: start(round), end: start(round + 1))
    }
}
