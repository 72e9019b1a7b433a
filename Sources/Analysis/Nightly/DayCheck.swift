import Foundation
import Metering

/// Whether a day used far more or less than the days before.
struct DayCheck: Sendable, Codable {
    private struct Day: Sendable, Codable {
        let isWeekend: Bool
        let kilowattHours: Double
    }

    private var days = Trail<Day>(42)

    private static let limit = 3.0
    private static let lowLimit = -4.0
    private static let leastShare = 0.08
    /// Kilowatt-hours below which a difference is not worth a person's time.
    private static let leastDifference = 1.0
    /// A week has a rhythm when workdays and weekends differ by so much of the greater.
    private static let rhythm = 0.3

    /// - Returns: a finding whose score is the distance in robust deviations.
    mutating func take(_ date: LocalDate, _ kilowattHours: Double, over period: Range<Date>) -> NightFinding? {
        defer { days.add(Day(isWeekend: date.isWeekend, kilowattHours: kilowattHours)) }
        let hasRhythm = hasRhythm
        let alike = days.values.filter { !hasRhythm || $0.isWeekend == date.isWeekend }.map(\.kilowattHours)
        guard let range = RobustRange(alike) ?? RobustRange(days.values.map(\.kilowattHours)) else { return nil }
        let distance = range.distance(of: kilowattHours, atLeast: Self.leastShare, 0.1)
        let extra = kilowattHours - range.median
        guard abs(extra) >= Self.leastDifference else { return nil }
        if distance > Self.limit, kilowattHours > (alike.max() ?? 0) * 1.02 {
            return NightFinding(
                kind: .highDay, period: period, observed: kilowattHours, usual: range.median,
                extra: Energy(kilowattHours: extra), score: RobustRange.score(distance))
        }
        guard hasRhythm, distance < Self.lowLimit else { return nil }
        return NightFinding(
            kind: .lowDay, period: period, observed: kilowattHours, usual: range.median,
            extra: Energy(kilowattHours: extra), score: RobustRange.score(-distance) / 2)
    }

    private var hasRhythm: Bool {
        let (ends, works) = (of(weekend: true), of(weekend: false))
        guard ends.count >= 6, works.count >= 14 else { return false }
        let (end, work) = (RobustRange.median(ends), RobustRange.median(works))
        return abs(end - work) > Self.rhythm * max(end, work)
    }

    private func of(weekend: Bool) -> [Double] {
        days.values.filter { $0.isWeekend == weekend }.map(\.kilowattHours)
    }
}
