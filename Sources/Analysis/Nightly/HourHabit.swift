import Foundation
import Metering

/// What each hour of the clock usually takes: the same six weeks of good days by which a day is judged.
struct HourHabit: Sendable, Codable {
    /// Mean watts of the 24 hours of each day, NaN where unknown.
    private var days = Trail<[Float]>(42)

    /// Fewer values of an hour say nothing of what is usual.
    private static let least = 14

    mutating func take(_ intervals: [WatchedInterval], on clock: LocalClock) {
        var sums = Array(repeating: (watts: 0.0, count: 0), count: 24)
        for interval in intervals {
            guard let power = interval.power else { continue }
            let hour = clock.hour(at: interval.period.lowerBound)
            sums[hour].watts += power
            sums[hour].count += 1
        }
        days.add(sums.map { $0.count > 0 ? Float($0.watts / Double($0.count)) : .nan })
    }

    /// For each hour of the clock the values that a tenth of the days stayed below, and nine tenths; nil where too few are known.
    var usual: [ClosedRange<Double>?] {
        (0..<24).map { hour in
            let known = days.values.map { Double($0[hour]) }.filter { !$0.isNaN }.sorted()
            guard known.count >= Self.least else { return nil }
            return RobustRange.quantile(0.1, of: known)...RobustRange.quantile(0.9, of: known)
        }
    }
}
