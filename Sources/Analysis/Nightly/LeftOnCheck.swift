import Foundation
import Metering

/// Whether something ran through day and night.
///
/// Of each 24 hours that end at midnight, six, noon or eighteen, the level that power stays above for three quarters of the time
/// is compared with that of the same hours before.
struct LeftOnCheck: Sendable, Codable {
    private var levels = (0..<4).map { _ in Trail<Double>(42) }
    private var saidUntil = Date.distantPast

    private static let limit = 4.0
    private static let leastShare = 0.1
    /// Watts; less is a forgotten lamp.
    private static let leastWatts = 50.0
    private static let seconds = 86_400.0

    /// - Parameters:
    ///   - recent: the intervals of the last two days.
    ///   - end: of the later one.
    mutating func night(_ recent: [WatchedInterval], end: Date) -> NightFinding? {
        var worst: NightFinding?
        for quarter in levels.indices {
            let stop = end.addingTimeInterval(-Double(quarter) * Self.seconds / 4)
            let start = stop.addingTimeInterval(-Self.seconds)
            let inside = recent.filter { $0.period.lowerBound >= start && $0.period.upperBound <= stop }
            guard let figures = StretchFigures(inside, seconds: Self.seconds) else { continue }
            let finding = judge(figures.lowQuarter, levels[quarter].values, over: start..<stop)
            levels[quarter].add(figures.lowQuarter)
            if let finding, start >= saidUntil, finding.score > worst?.score ?? 0 { worst = finding }
        }
        if let worst { saidUntil = worst.period.upperBound }
        return worst
    }

    private func judge(_ level: Double, _ before: [Double], over period: Range<Date>) -> NightFinding? {
        guard let range = RobustRange(before) else { return nil }
        let extra = level - range.median
        let distance = range.distance(of: level, atLeast: Self.leastShare, 10)
        guard distance > Self.limit, extra >= Self.leastWatts, level > (before.max() ?? 0) else { return nil }
        return NightFinding(
            kind: .leftOn, period: period, observed: level, usual: range.median,
            extra: Energy(kilowattHours: extra * 24 / 1000), score: RobustRange.score(distance))
    }
}
