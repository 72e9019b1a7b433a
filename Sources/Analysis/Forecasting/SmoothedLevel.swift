/// The level by exponential smoothing, at the speed that would have foretold the home's last days best.
///
/// (R. G. Brown, 1959. Without its trend this is the Theta method of V. Assimakopoulos and K. Nikolopoulos, 2000, as
/// R. J. Hyndman and B. Billah, 2003, showed: trends of daily use mislead.)
struct SmoothedLevel {
    private static let speeds: SIMD8<Float> = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7]
    /// Known days by which the speed is chosen, and those by which the level begins.
    static let span = 150
    private static let beginning = 10

    private var count = 0
    private var level = SIMD8<Float>.zero
    private var errors = SIMD8<Float>.zero
    /// Errors beyond this count no more, and move no further.
    private let limit: Float

    init(limit: Float) {
        self.limit = limit
    }

    /// - Parameter values: known days, freed of their weekday, the newest last.
    static func level(of values: some BidirectionalCollection<Float>, limit: Float) -> Float? {
        guard !values.isEmpty else { return nil }
        var smoothed = SmoothedLevel(limit: limit)
        for value in values.suffix(span) { smoothed.take(value) }
        return smoothed.best
    }

    private mutating func take(_ value: Float) {
        count += 1
        guard count > Self.beginning else {
            level += (value - level) / Float(count)
            return
        }
        let error = value - level
        let limited = error.clamped(
            lowerBound: SIMD8(repeating: -limit), upperBound: SIMD8(repeating: limit))
        errors += limited * limited
        level += Self.speeds * limited
    }

    private var best: Float {
        let least = errors.min()
        for lane in 0..<SIMD8<Float>.scalarCount where errors[lane] == least { return level[lane] }
        return level[0]
    }
}
