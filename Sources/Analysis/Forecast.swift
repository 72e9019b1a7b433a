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
        /// Public holidays where the household lives; they are taken for Sundays.
        let holidays: Set<Int>

        package init(season: Season, calibration: Calibration = .shipped, holidays: Set<LocalDate> = []) {
            self.season = season
            self.calibration = calibration
            self.holidays = Set(holidays.map(\.daysSince1970))
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

    package init(
        today: LocalDate, soFar: Energy, current: PeriodOutlook, next: PeriodOutlook? = nil, days: [Day],
        knownDays: Int, spread: Double
    ) {
        self.today = today
        self.soFar = soFar
        self.current = current
        self.next = next
        self.days = days
        self.knownDays = knownDays
        self.spread = spread
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
        let model = DailyModel(
            days, before: today, season: circumstances.season, holidays: circumstances.holidays)
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
}
