import Foundation

/// What a household's days tell before any filter looks at them: how large and how noisy they are.
struct HistorySurvey {
    /// The mean day of a home that nothing is known of, in kilowatt-hours: the median of homes in London and Newcastle.
    static let unknownScale = 9.0
    /// The variance of a day's noise in the usual home, as half a year of steps between days tells it.
    private static let usualSteps = 0.0427
    private static let noiseSpan = 182

    /// Kilowatt-hours of the mean day; never zero.
    let scale: Double
    let knownDays: Int
    private let step: Double?

    init(_ values: ArraySlice<Double>, scaleSpan: Int = 365) {
        let year = Moments(values.suffix(scaleSpan))
        let whole = year.count > 0 ? year : Moments(values)
        knownDays = Moments(values).count
        scale = whole.count > 0 ? max(whole.mean, 1e-6) : Self.unknownScale
        step = Self.medianStep(values.suffix(Self.noiseSpan)).map { [scale] in $0 / scale }
    }

    /// The variance of a day's noise, in squared parts of the mean day.
    func noise(_ constants: FilterConstants) -> Float {
        guard let step else { return Float(constants.usualNoise) }
        let ratio = min(max(1.1 * step * step / Self.usualSteps, 0.1), 10)
        return Float(constants.usualNoise * pow(ratio, constants.noisePower))
    }

    /// The median difference of two days that follow each other; nil below seven of them.
    private static func medianStep(_ values: ArraySlice<Double>) -> Double? {
        var steps: [Double] = []
        steps.reserveCapacity(values.count)
        for (earlier, later) in zip(values, values.dropFirst()) where !earlier.isNaN && !later.isNaN {
            steps.append(abs(later - earlier))
        }
        guard steps.count >= 7 else { return nil }
        steps.sort()
        return steps[steps.count / 2]
    }
}
