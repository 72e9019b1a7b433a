import Foundation
import Metering

/// The measured intervals of one local day.
struct WatchedDay: Sendable, Codable {
    let date: LocalDate
    private(set) var intervals: [WatchedInterval] = []

    init(_ date: LocalDate) {
        self.date = date
    }

    mutating func add(_ interval: WatchedInterval) {
        intervals.append(interval)
    }
}

/// Figures of a stretch of about a day, from what was measured in it alone.
struct StretchFigures: Sendable {
    let coverage: Double
    /// Kilowatt-hours of the whole stretch, as if the rest of it had been like what was seen.
    let kilowattHours: Double
    /// Watts that power stays above for three quarters of the time.
    let lowQuarter: Double
    /// Watts that it stays above for nine tenths of it.
    let lowTenth: Double

    /// - Parameter seconds: of the whole stretch. Nil when too little was seen.
    init?(_ intervals: some Sequence<WatchedInterval>, seconds: Double) {
        var powers: [Double] = []
        var (seen, wattSeconds) = (0.0, 0.0)
        for interval in intervals {
            guard let power = interval.power else { continue }
            let length = interval.period.upperBound.timeIntervalSince(interval.period.lowerBound)
            powers.append(power)
            seen += length
            wattSeconds += power * length
        }
        coverage = seen / seconds
        guard coverage >= Self.leastCoverage else { return nil }
        kilowattHours = wattSeconds / seen * seconds / 3.6e6
        powers.sort()
        lowQuarter = RobustRange.quantile(0.25, of: powers)
        lowTenth = RobustRange.quantile(0.1, of: powers)
    }

    private static let leastCoverage = 0.85
}
