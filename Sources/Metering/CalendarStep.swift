package import Foundation

/// The steps of the calendar by which consumption is told.
package enum CalendarStep: String, Sendable, CaseIterable {
    case hour, day, month
}

extension LocalClock {
    /// The instants that divide the days from `first` up to `end`, which is left out, into steps; first and last included.
    ///
    /// A month that begins before `first` or ends after `end` is cut there.
    package func boundaries(by step: CalendarStep, from first: LocalDate, to end: LocalDate) -> [Date] {
        guard first < end else { return [] }
        let days = (0..<first.days(until: end)).map(first.adding(days:))
        switch step {
        case .hour:
            return days.flatMap { hourBoundaries(of: period(of: $0)).dropLast() } + [start(of: end)]
        case .day:
            return days.map(start(of:)) + [start(of: end)]
        case .month:
            return days.filter { $0 == first || $0.day == 1 }.map(start(of:)) + [start(of: end)]
        }
    }
}
