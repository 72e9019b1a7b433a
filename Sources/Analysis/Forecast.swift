package import Metering

/// What a billing period will come to: what was used so far, and what the days to come are expected to be.
///
/// From the first day of a home on: with nothing known it says what homes use, and how little that means. See
/// Forecasting.md for the model, and for how good it is.
package struct Forecast: Hashable, Sendable {
    /// One day to come.
    package struct Day: Hashable, Sendable {
        /// Of the day; for today, of what is left of it.
        package let expected: Energy
        /// What is used from now to the end of the day: nine of ten times more than `low`, nine of ten times less than `high`.
        package let low: Energy
        package let high: Energy

        package init(expected: Energy, low: Energy, high: Energy) {
            self.expected = expected
            self.low = low
            self.high = high
        }
    }

    /// What it is made from, besides the days.
    package struct Circumstances: Sendable {
        let season: Season
        let calibration: Calibration
        /// Public holidays where the household lives, as days since 1970; they are taken for Sundays.
        let holidays: Set<Int>
        /// Degrees Celsius outside, by days since 1970.
        let temperatures: [Int: Double]

        /// - Parameter conditions: what is known of days besides the use; those of days to come are a weather forecast.
        package init(season: Season, calibration: Calibration = .shipped, conditions: [DayConditions] = []) {
            self.season = season
            self.calibration = calibration
            holidays = Set(conditions.filter(\.isHoliday).map(\.day.daysSince1970))
            temperatures = Dictionary(
                conditions.compactMap { day in day.temperature.map { (day.day.daysSince1970, $0) } }
            ) { _, last in last }
        }
    }

    /// Days that are foretold one by one, at least.
    package static let daysAhead = 30

    /// The first day that is not over.
    package let today: LocalDate
    /// Used up to now, the part of today included.
    package let soFar: Energy
    package let current: PeriodOutlook
    /// The period after this one; nil where it was not asked for.
    package let next: PeriodOutlook?
    /// From today on, to the end of the period or ``daysAhead`` days, whichever is later.
    package let days: [Day]
    /// How many known days it stands on.
    package let knownDays: Int
    /// By what the error of the current period is measured, in kilowatt-hours.
    package let spread: Double
    /// What the days of the period that are over would usually have taken, as known before the first of them; nil on that day.
    package let usualSoFar: Energy?
    /// The hours of the day after today; empty where nothing is known of hours.
    package let tomorrow: [Energy]

    package init(
        today: LocalDate, soFar: Energy, current: PeriodOutlook, next: PeriodOutlook? = nil, days: [Day],
        knownDays: Int, spread: Double, usualSoFar: Energy? = nil, tomorrow: [Energy] = []
    ) {
        self.today = today
        self.soFar = soFar
        self.current = current
        self.next = next
        self.days = days
        self.knownDays = knownDays
        self.spread = spread
        self.usualSoFar = usualSoFar
        self.tomorrow = tomorrow
    }

    package var period: BillingPeriod { current.period }
    package var expected: Energy { current.expected }
    package var low: Energy { current.low }
    package var high: Energy { current.high }

    /// What is expected on a day from today on; nil for others.
    package func expected(on day: LocalDate) -> Energy? {
        let index = today.days(until: day)
        return days.indices.contains(index) ? days[index].expected : nil
    }
}

extension Forecast {
    /// - Parameters:
    ///   - days: the household's days; nothing of `today` or after it is used.
    ///   - soFar: used in the period up to now.
    ///   - today: the day that is not over; within the period.
    ///   - elapsed: the share of today that is over, 0 to 1.
    ///   - next: the period after, where it is wanted.
    package init(
        of period: BillingPeriod, from days: EvenDays, soFar: Energy, today: LocalDate, elapsed: Double,
        next: BillingPeriod? = nil, in circumstances: Circumstances
    ) {
        let model = DailyModel(days, before: today, in: circumstances)
        let left = today.days(until: period.end)
        let end = next.map { today.days(until: $0.end) } ?? left
        let ahead = model.ahead(max(end, Self.daysAhead), firstPart: 1 - min(max(elapsed, 0), 1))
        let view = Outlook(ahead, elapsed: elapsed, calibration: circumstances.calibration)
        self.init(
            today: today, soFar: soFar, current: view.outlook(of: period, soFar: soFar, days: 0..<left),
            next: next.map { view.outlook(of: $0, soFar: .zero, days: today.days(until: $0.first)..<end) },
            days: view.days(max(left, Self.daysAhead)), knownDays: model.knownDays,
            spread: left > 0 ? ahead[left - 1].spread : 0)
    }

    /// The same with what explains it on a page: what is usual, and tomorrow by hour.
    ///
    /// - Parameter profile: how the household's use is spread over the week.
    package func explained(
        by days: EvenDays, _ profile: HourOfWeekProfile, on clock: LocalClock, in circumstances: Circumstances
    ) -> Forecast {
        let over = period.first.days(until: today)
        let model = DailyModel(days, before: period.first, in: circumstances)
        let usual = over > 0 ? model.ahead(over).last.flatMap { Energy(kilowattHours: $0.sum) } : nil
        let next = today.adding(days: 1)
        return Forecast(
            today: today, soFar: soFar, current: current, next: self.next, days: self.days, knownDays: knownDays,
            spread: spread, usualSoFar: usual,
            tomorrow: expected(on: next).map { profile.hours(of: next, total: $0, on: clock) } ?? [])
    }
}

extension Forecast {
    /// When the use of the current period probably crosses a limit.
    package struct Crossing: Hashable, Sendable {
        package let limit: Energy
        /// The share of outcomes in which it does, within the period.
        package let odds: Double
        /// The first day on which the expected sum lies above; nil when the period ends before.
        package let expected: LocalDate?
        /// Nine of ten times it is not crossed before this day; nil likewise.
        package let earliest: LocalDate?
        /// Nine of ten times it is crossed by this day; nil likewise.
        package let latest: LocalDate?
    }

    /// Nil when the limit is crossed already.
    package func crossing(of limit: Energy) -> Crossing? {
        guard limit >= soFar else { return nil }
        let left = Array(days.prefix(max(0, today.days(until: period.end))))
        var sum = soFar
        let sums = left.map { day in
            sum += day.expected
            return sum
        }
        func day(_ index: Int?) -> LocalDate? { index.map(today.adding(days:)) }
        return Crossing(
            limit: limit, odds: current.share(above: limit), expected: day(sums.firstIndex { $0 > limit }),
            earliest: day(left.firstIndex { soFar + $0.high > limit }),
            latest: day(left.firstIndex { soFar + $0.low > limit }))
    }
}
