package import Foundation

/// What the clock on a household's wall shows: days, hours and months of one IANA time zone.
///
/// Every day and month boundary of the project comes from here, so that a day has 23, 24 or 25 hours as its zone decides.
package struct LocalClock: Sendable {
    package let zone: TimeZone
    private let calendar: Calendar

    package init(zone: TimeZone) {
        self.zone = zone
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// The wall's date at `instant`.
    package func date(at instant: Date) -> LocalDate {
        let seconds =
            Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        return LocalDate(daysSince1970: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }

    /// The wall's full hour at `instant`, 0 to 23.
    package func hour(at instant: Date) -> Int {
        minute(at: instant) / 60
    }

    /// Minutes since midnight that the wall's clock shows at `instant`, 0 to 1439.
    package func minute(at instant: Date) -> Int {
        let seconds =
            Int(instant.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: instant)
        let ofDay = seconds % 86_400
        return (ofDay < 0 ? ofDay + 86_400 : ofDay) / 60
    }

    /// The first instant of `day`; later than 00:00 where the clock skips midnight.
    package func start(of day: LocalDate) -> Date {
        let noon = DateComponents(year: day.year, month: day.month, day: day.day, hour: 12)
        guard let instant = calendar.date(from: noon) else {
            preconditionFailure("the Gregorian calendar has no noon on \(day)")
        }
        return calendar.startOfDay(for: instant)
    }

    /// From the first instant of `day` to the first of the next.
    package func period(of day: LocalDate) -> Range<Date> {
        start(of: day)..<start(of: day.adding(days: 1))
    }

    /// From the first instant of `first` to the first of `end`, which is left out.
    package func period(from first: LocalDate, to end: LocalDate) -> Range<Date> {
        start(of: first)..<start(of: end)
    }

    package func period(of month: LocalMonth) -> Range<Date> {
        period(from: month.firstDay, to: month.adding(months: 1).firstDay)
    }

    /// The starts of the clock hours of `day`, then its end: 24 to 26 instants.
    ///
    /// Hours are counted from the day's first instant; where a zone shifts by half an hour, the last one is shorter.
    package func hourBoundaries(of period: Range<Date>) -> [Date] {
        Array(stride(from: period.lowerBound, to: period.upperBound, by: 3600)) + [period.upperBound]
    }
}
