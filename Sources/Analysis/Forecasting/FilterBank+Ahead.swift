extension FilterBank {
    /// What clipping took from the level of a home whose days are rarely large: the mean surprise beyond what is usual.
    private var lost: Lanes {
        let mean = surprises / (surpriseDays + constants.surprisesDrawnBy)
        return mean - Self.cut(mean, below: -constants.usualBias, above: constants.usualBias)
    }
}

extension FilterBank {
    /// What the days to come are expected to be, one after the other.
    struct Ahead {
        private var level: Lanes
        private var departure: Lanes
        // Copies that can change are looked into where they lie.
        private var state: InlineArray<6, Lanes>
        private var covariance: InlineArray<21, Lanes>
        private let constants: FilterConstants
        private let noise: Float
        private let lost: Lanes
        // Of the sum so far: what each part of the state weighs in it, and the variance that the days themselves add.
        private var reach: InlineArray<6, Lanes>
        private var levelPart = Lanes(repeating: 1)
        private var departurePart = Lanes(repeating: 1)
        private var levelEcho = Lanes.zero
        private var departureEcho = Lanes.zero
        private var added = Lanes.zero
        /// What each speed expects of all days so far, each day's factor applied.
        private(set) var sums = Lanes.zero

        init(_ bank: FilterBank) {
            state = bank.state
            covariance = bank.covariance
            constants = bank.constants
            noise = bank.noise
            lost = bank.lost
            level = bank.state[0]
            departure = bank.state[1]
            reach = InlineArray(repeating: .zero)
        }

        /// What each speed expects of the next day, never below zero.
        mutating func next(_ wave: YearWave, factor: Float) -> Lanes {
            let shape = wave.shape
            level = 1 + constants.levelKept * (level - 1)
            departure *= constants.departureFade
            var value = level + lost + departure
            for part in 2..<6 { value += state[part] * shape[part] }
            value = value.replacing(with: 0, where: value .< 0) * factor
            sums += value
            addVariance(shape)
            return value
        }

        private mutating func addVariance(_ shape: SIMD8<Float>) {
            levelPart *= constants.levelKept
            departurePart *= constants.departureFade
            reach[0] += levelPart
            reach[1] += departurePart
            for part in 2..<6 { reach[part] += shape[part] }
            levelEcho = 1 + levelEcho * constants.levelKept
            departureEcho = 1 + departureEcho * constants.departureFade
            added += constants.levelWalk * levelEcho * levelEcho
            added += constants.departureWalk * departureEcho * departureEcho
            added += noise
        }

        /// The variance of the sum of all days so far: within each speed, and between them.
        mutating func variance(weights: Lanes) -> Float {
            var within = added
            var place = 0
            for row in 0..<6 {
                within += covariance[place] * reach[row] * reach[row]
                place += 1
                for column in (row + 1)..<6 {
                    within += 2 * covariance[place] * reach[row] * reach[column]
                    place += 1
                }
            }
            let mean = (weights * sums).sum()
            let apart = sums - mean
            return max(0, (weights * (within + apart * apart)).sum())
        }
    }
}
