import Foundation

/// What a household's days tell before any filter looks at them: how large, how noisy and how restless they are.
struct HistorySurvey {
    /// The mean day of a home that nothing is known of, in kilowatt-hours: the median of homes in London and Newcastle.
    static let unknownScale = 9.0
    /// The variance of a day's noise in the usual home, as half a year of steps between days tells it.
    private static let usualSteps = 0.0427
    private static let noiseSpan = 182
    private static let drawnBy = 8.0

    /// Kilowatt-hours of the mean day; never zero.
    let scale: Double
    let knownDays: Int
    private let step: Double?
    private let deviation: Double?
    private let recentDays: Int

    init(_ values: ArraySlice<Double>, scaleSpan: Int, restlessSpan: Int) {
        let year = Moments(values.suffix(scaleSpan))
        let whole = year.count > 0 ? year : Moments(values)
        knownDays = Moments(values).count
        scale = whole.count > 0 ? max(whole.mean, 1e-6) : Self.unknownScale
        step = Self.medianStep(values.suffix(Self.noiseSpan)).map { [scale] in $0 / scale }
        let recent = Moments(values.suffix(restlessSpan))
        deviation = recent.mean > 0 ? recent.deviation / recent.mean : nil
        recentDays = recent.count
    }

    /// The variance of a day's noise, in squared parts of the mean day.
    func noise(_ constants: FilterConstants) -> Float {
        guard let step else { return Float(constants.usualNoise) }
        let ratio = min(max(1.1 * step * step / Self.usualSteps, 0.1), 10)
        return Float(constants.usualNoise * pow(ratio, constants.noisePower))
    }

    /// The daily deviation against the usual home's, to the power of 0.8, by which errors grow.
    ///
    /// It is drawn to the usual one by some usual days, so that three days alike do not make a steady home.
    func restlessness(usual: Double) -> Double {
        let (own, count) = (deviation ?? usual, Double(recentDays))
        let drawn = ((own * own * count + usual * usual * Self.drawnBy) / (count + Self.drawnBy)).squareRoot()
        return pow(min(max(drawn, 0.02), 3) / usual, 0.8)
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

/// Count, mean and deviation of the known values.
private struct Moments {
    private(set) var count = 0
    private var sum = 0.0
    private var squares = 0.0

    init(_ values: ArraySlice<Double>) {
        for value in values where !value.isNaN {
            count += 1
            sum += value
            squares += value * value
        }
    }

    var mean: Double { sum / Double(max(count, 1)) }

    var deviation: Double {
        max(0, squares / Double(max(count, 1)) - mean * mean).squareRoot()
    }
}
