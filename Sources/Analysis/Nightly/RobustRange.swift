/// Where values usually lie: their median, and how far half of them are from it.
struct RobustRange: Sendable {
    let median: Double
    /// Like a standard deviation where values are normal (median absolute deviation / 0.6745).
    private let deviation: Double

    /// Nil for fewer than ``least`` values.
    init?(_ values: [Double]) {
        guard values.count >= Self.least else { return nil }
        let middle = Self.median(values)
        median = middle
        deviation = Self.median(values.map { abs($0 - middle) }) / 0.6745
    }

    private static let least = 14

    /// How far `value` is from the median in deviations, taken as at least `share` of the median and `floor`.
    func distance(of value: Double, atLeast share: Double, _ floor: Double) -> Double {
        (value - median) / max(deviation, abs(median) * share, floor)
    }

    /// A distance as a score that stays below that of a plain fault, however far it is.
    static func score(_ distance: Double) -> Double {
        8 * distance / (distance + 4)
    }

    static func median(_ values: [Double]) -> Double {
        quantile(0.5, of: values.sorted())
    }

    /// Between neighbours in proportion; `sorted` must not be empty.
    static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return sorted[below] }
        return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
    }
}
