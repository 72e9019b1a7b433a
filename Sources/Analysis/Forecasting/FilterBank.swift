import Foundation

/// Eight Kalman filters side by side over a household's days, each with its own idea of how fast a home changes.
///
/// A day, in parts of the home's mean day and freed of its weekday, is `level + departure + waves of the year + noise`:
/// the level walks and slowly returns to 1, the departure (guests, holidays) walks faster and fades, the waves are those
/// of the year and the half year, kept near what homes usually have. Surprises are clipped, so that one wild day moves
/// little. (R. E. Kalman, 1960; A. C. Harvey, "Forecasting, Structural Time Series Models and the Kalman Filter", 1989;
/// several speeds weighted by likelihood: D. T. Magill, 1965.)
struct FilterBank {
    typealias Lanes = SIMD8<Float>

    /// Level, departure, and the four waves.
    private(set) var state: InlineArray<6, Lanes>
    /// The upper triangle of the covariance, row by row.
    private(set) var covariance: InlineArray<21, Lanes>
    private var likelihood = Lanes.zero
    /// The sum of what days came above what was expected, uncut, and how many they are, each by its size; older ones fade.
    private(set) var surprises = Lanes.zero
    private(set) var surpriseDays: Float = 0
    // Days that are not in the likelihood yet.
    private var squares = Lanes.zero
    private var variances = Lanes(repeating: 1)
    private var days = 0
    let noise: Float
    let constants: FilterConstants

    private static let block = 16

    /// - Parameter noise: the variance of a day's noise, in squared parts of the mean day.
    init(_ constants: FilterConstants, noise: Float, season: Season) {
        self.constants = constants
        self.noise = noise
        let usual = season.strength * constants.waveMean
        state = [
            Lanes(repeating: 1), .zero, Lanes(repeating: usual[0]), Lanes(repeating: usual[1]),
            Lanes(repeating: usual[2]), Lanes(repeating: usual[3]),
        ]
        covariance = InlineArray(repeating: .zero)
        let variances = constants.waveVariance
        covariance[0] = Lanes(repeating: constants.levelVariance)
        covariance[6] = constants.departureWalk / (1 - constants.departureFade * constants.departureFade)
        covariance[11] = Lanes(repeating: variances[0])
        covariance[15] = Lanes(repeating: variances[1])
        covariance[18] = Lanes(repeating: variances[2])
        covariance[20] = Lanes(repeating: variances[3])
    }

    /// Learns day after day.
    ///
    /// - Parameters:
    ///   - parts: the days in parts of the mean day, freed of their weekday, NaN where unknown.
    ///   - sizes: the factors of their weekdays.
    ///   - first: the number of the first since 1970.
    ///   - end: the day that the filter shall stand before; what the parts do not reach is unknown.
    mutating func learn(_ parts: [Float], sizes: [Float], from first: Int, until end: Int, in season: Season) {
        for (offset, part) in parts.enumerated() {
            guard !part.isNaN else {
                pass()
                continue
            }
            step(to: YearWave(ofDay: first + offset, in: season), seen: part, size: sizes[offset])
        }
        guard !parts.isEmpty else { return }
        for _ in (first + parts.count)..<max(first + parts.count, end) { pass() }
    }

    /// Goes on to the next day without learning anything.
    @inline(__always)
    private mutating func pass() {
        let keep = Lanes(repeating: constants.levelKept)
        let fade = constants.departureFade
        state[0] = 1 + keep * (state[0] - 1)
        state[1] *= fade
        covariance[0] = covariance[0] * keep * keep + constants.levelWalk
        covariance[1] *= keep * fade
        for place in 2..<6 { covariance[place] *= keep }
        covariance[6] = covariance[6] * fade * fade + constants.departureWalk
        for place in 7..<11 { covariance[place] *= fade }
    }

    /// Goes on to the next day and learns what it came to.
    ///
    /// - Parameter size: of such a day against the mean day: its weekday's factor.
    private mutating func step(to wave: YearWave, seen: Float, size: Float) {
        pass()
        let shape = wave.shape
        var gain = levelGain
        var place = 2
        // Level and departure weigh 1 each; what the waves weigh is left.
        for column in 2..<6 {
            gain[0] += covariance[place] * shape[column]
            gain[1] += covariance[place + 5] * shape[column]
            place += 1
        }
        place = 11
        for row in 2..<6 {
            gain[row] += covariance[place] * shape[row]
            place += 1
            for column in (row + 1)..<6 {
                gain[row] += covariance[place] * shape[column]
                gain[column] += covariance[place] * shape[row]
                place += 1
            }
        }
        var variance = noise + gain[0] + gain[1]
        var surprise = seen - state[0] - state[1]
        for row in 2..<6 {
            variance += gain[row] * shape[row]
            surprise -= state[row] * shape[row]
        }
        learn(surprise, variance, &gain, size)
    }

    /// The sums of the covariances of each part of the state with level and departure.
    @inline(__always)
    private var levelGain: InlineArray<6, Lanes> {
        [
            covariance[0] + covariance[1], covariance[1] + covariance[6], covariance[2] + covariance[7],
            covariance[3] + covariance[8], covariance[4] + covariance[9], covariance[5] + covariance[10],
        ]
    }

    /// - Parameter gain: not changed; what is handed on by value is copied at every look at it.
    private mutating func learn(
        _ surprise: Lanes, _ variance: Lanes, _ gain: inout InlineArray<6, Lanes>, _ size: Float
    ) {
        let inverseDeviation = 1 / variance.squareRoot()
        let score = surprise * inverseDeviation
        note(score, variance)
        surprises = constants.surpriseKept * surprises + size * surprise
        surpriseDays = constants.surpriseKept * surpriseDays + size
        let clipped = Self.cut(score, below: -constants.clipBelow, above: constants.clipAbove)
        let correction = clipped * inverseDeviation
        let inverse = inverseDeviation * inverseDeviation
        var place = 0
        for row in 0..<6 {
            state[row] += gain[row] * correction
            let scaled = gain[row] * inverse
            for column in row..<6 {
                covariance[place] -= scaled * gain[column]
                place += 1
            }
        }
    }

    /// Written so that all lanes are compared at once, which `clamped` does not do.
    @inline(__always)
    static func cut(_ value: Lanes, below: Float, above: Float) -> Lanes {
        value.replacing(with: above, where: value .> above).replacing(with: below, where: value .< below)
    }

    /// Adds a day to the likelihood of each speed; no day counts as worse than a limit.
    @inline(__always)
    private mutating func note(_ score: Lanes, _ variance: Lanes) {
        let limited = Self.cut(score, below: -constants.worstScore, above: constants.worstScore)
        squares += limited * limited
        variances *= variance
        days += 1
        if days == Self.block { fold() }
    }

    /// Puts the days noted into the likelihood, whose older days fade; a logarithm is dear, so it is of their product.
    private mutating func fold() {
        for lane in 0..<Lanes.scalarCount {
            let sum = squares[lane] + log(variances[lane])
            likelihood[lane] = constants.likelihoodKept * likelihood[lane] - 0.5 * sum
        }
        squares = .zero
        variances = Lanes(repeating: 1)
        days = 0
    }
}

extension FilterBank {
    /// How much each speed is believed, together 1.
    var weights: Lanes {
        var told = self
        told.fold()
        let best = told.likelihood.max()
        var weights = Lanes.zero
        for lane in 0..<Lanes.scalarCount {
            weights[lane] = exp(constants.likelihoodWeight * (told.likelihood[lane] - best))
        }
        return weights / weights.sum()
    }
}
