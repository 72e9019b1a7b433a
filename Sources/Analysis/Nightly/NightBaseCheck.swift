import Foundation
import Metering

/// Whether the level of the night has risen and stays there: five days against the five weeks before.
///
/// The level is what power stays above for nine tenths of a day. Ranks are compared (H. B. Mann, D. R. Whitney, "On a test of
/// whether one of two random variables is stochastically larger than the other", 1947), so that no single night decides.
struct NightBaseCheck: Sendable, Codable {
    private struct Day: Sendable, Codable {
        let period: Range<Date>
        let watts: Double
    }

    private var days = Trail<Day>(41)
    private var quietUntil = Date.distantPast

    private static let recent = 5
    private static let leastBefore = 20
    /// Standard deviations of the rank sum.
    private static let limit = 2.9
    private static let leastRise = 0.15
    private static let leastWatts = 10.0
    /// Seconds in which it is not said again.
    private static let coolDown = 14 * 86_400.0

    mutating func take(_ watts: Double, over period: Range<Date>) -> NightFinding? {
        days.add(Day(period: period, watts: watts))
        let last = days.values.suffix(Self.recent)
        let before = days.values.dropLast(Self.recent).map(\.watts)
        guard before.count >= Self.leastBefore, period.upperBound > quietUntil, let first = last.first else {
            return nil
        }
        let (now, usual) = (RobustRange.median(last.map(\.watts)), RobustRange.median(before))
        let distance = Self.rankDistance(of: last.map(\.watts), from: before)
        guard now - usual >= max(Self.leastWatts, usual * Self.leastRise), distance > Self.limit else { return nil }
        quietUntil = period.upperBound.addingTimeInterval(Self.coolDown)
        let span = first.period.lowerBound..<period.upperBound
        let hours = span.upperBound.timeIntervalSince(span.lowerBound) / 3600
        return NightFinding(
            kind: .nightBase, period: span, observed: now, usual: usual,
            extra: Energy(kilowattHours: (now - usual) * hours / 1000), score: 2 * distance)
    }

    private static func rankDistance(of some: [Double], from others: [Double]) -> Double {
        let wins = some.reduce(0) { sum, value in
            sum + others.reduce(0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
        }
        let (n, m) = (Double(some.count), Double(others.count))
        return (wins - n * m / 2) / (n * m * (n + m + 1) / 12).squareRoot()
    }
}
