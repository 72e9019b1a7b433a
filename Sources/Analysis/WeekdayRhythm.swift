import Metering

/// The level of the last four weeks and how each day of the week departs from it.
///
/// Each weekday's factor is drawn to 1 by eight average days, so that four Sundays do not decide alone.
struct WeekdayRhythm {
    static let span = 28
    private static let drawnBy = 8.0

    let level: Double
    private let factors: [Double]

    /// Nil without a single known day in the span.
    init?(_ history: DailyHistory, before date: LocalDate) {
        let days = history.last(Self.span, before: date)
        guard !days.isEmpty else { return nil }
        let level = days.map(\.kilowattHours).reduce(0, +) / Double(days.count)
        self.level = level
        factors = (0..<7).map { weekday in
            guard level > 0 else { return 1 }
            let same = days.filter { $0.date.weekday == weekday }.map { $0.kilowattHours / level }
            return (same.reduce(0, +) + Self.drawnBy) / (Double(same.count) + Self.drawnBy)
        }
    }

    /// What is to be expected on `date`, in kilowatt-hours.
    func expected(on date: LocalDate) -> Double {
        level * factors[date.weekday]
    }

    func expected(on dates: some Sequence<LocalDate>) -> Double {
        dates.reduce(0) { $0 + expected(on: $1) }
    }
}
