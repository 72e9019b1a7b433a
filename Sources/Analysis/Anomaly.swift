package import Metering

/// A day far from what this household uses on such days.
package struct Anomaly: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case highDay = "high_day"
        case lowDay = "low_day"
    }

    package let kind: Kind
    package let day: LocalDate
    package let observed: Energy
    /// The median of the same kind of day (workday or weekend) over the eight weeks before.
    package let usual: Energy
    /// How far from usual, in robust standard deviations.
    package let score: Double

    package init(kind: Kind, day: LocalDate, observed: Energy, usual: Energy, score: Double) {
        self.kind = kind
        self.day = day
        self.observed = observed
        self.usual = usual
        self.score = score
    }

    /// Energy beyond the usual; negative when less was used.
    package var excess: Energy {
        observed - usual
    }
}

/// The first rule for unusual days: distance from the median in units of the median absolute deviation.
///
/// The deviation is taken as at least a tenth of the median, so that a very regular home does not alarm at every trifle
/// (B. Iglewicz, D. Hoaglin, "How to Detect and Handle Outliers", 1993: MAD / 0.6745, limit 3.5).
package struct UnusualDays: Sendable {
    static let span = 56
    static let leastDays = 10
    static let limit = 3.5
    /// Kilowatt-hours below which a difference is not worth a person's time.
    static let leastDifference = 1.0

    private let history: DailyHistory

    package init(_ history: DailyHistory) {
        self.history = history
    }

    /// The unusual days from `first` up to `end`, at most three a calendar month, those with the most energy first.
    package func anomalies(from first: LocalDate, to end: LocalDate) -> [Anomaly] {
        let found = history.days.filter { $0.date >= first && $0.date < end }.compactMap(judge)
        return Dictionary(grouping: found, by: \.day.inMonth).sorted { $0.key < $1.key }.flatMap {
            _, ofMonth in
            ofMonth.sorted {
                (abs($0.excess.milliwattHours), $1.day) > (abs($1.excess.milliwattHours), $0.day)
            }.prefix(3)
        }
    }

    private func judge(_ day: DailyHistory.Day) -> Anomaly? {
        let alike = history.last(Self.span, before: day.date).filter {
            $0.date.isWeekend == day.date.isWeekend
        }
        guard alike.count >= Self.leastDays else { return nil }
        let usual = median(alike.map(\.kilowattHours))
        let deviation = median(alike.map { abs($0.kilowattHours - usual) }) / 0.6745
        let score = (day.kilowattHours - usual) / max(deviation, usual / 10, 0.05)
        guard abs(score) > Self.limit, abs(day.kilowattHours - usual) >= Self.leastDifference,
            let observed = Energy(kilowattHours: day.kilowattHours),
            let typical = Energy(kilowattHours: usual)
        else { return nil }
        return Anomaly(
            kind: score > 0 ? .highDay : .lowDay, day: day.date, observed: observed, usual: typical,
            score: score)
    }
}

/// The middle value; the mean of both for an even count.
private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
