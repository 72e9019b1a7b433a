/// How far the truth lay from what was expected, in spreads: the quantiles of past errors, by the days that were to come.
package struct Calibration: Hashable, Sendable {
    /// The shares of the quantiles, of errors and of totals alike.
    package static let shares: [Double] = [0.01] + stride(from: 5, through: 95, by: 5).map { $0 / 100 } + [0.99]
    /// Days to come for which there are quantiles; between them they go straight.
    package static let horizons: [Double] = [1, 2, 3, 5, 10, 15, 20, 25, 30]

    /// For each horizon the error at each share, rising.
    package let scores: [[Double]]

    /// - Parameter scores: for each of ``horizons`` one rising figure for each of ``shares``.
    package init(scores: [[Double]]) {
        precondition(scores.count == Self.horizons.count && scores.allSatisfy { $0.count == Self.shares.count })
        self.scores = scores
    }

    /// The errors at all shares when so many days are to come; beyond the last horizon they stay.
    func scores(days: Double) -> [Double] {
        let horizons = Self.horizons
        guard days > horizons[0] else { return scores[0] }
        guard let above = horizons.firstIndex(where: { $0 >= days }) else { return scores[scores.count - 1] }
        let part = (days - horizons[above - 1]) / (horizons[above] - horizons[above - 1])
        return zip(scores[above - 1], scores[above]).map { $0 + ($1 - $0) * part }
    }

    /// Where the quantile of a share stands in ``shares``.
    static func place(of share: Double) -> Int {
        guard let place = shares.firstIndex(where: { abs($0 - share) < 1e-9 }) else {
            preconditionFailure("there is no quantile of \(share)")
        }
        return place
    }
}

extension Calibration {
    /// The same with every error so many times as large.
    func widened(by factor: Double) -> Calibration {
        Calibration(scores: scores.map { $0.map { $0 * factor } })
    }
}

extension Calibration {
    /// The pooled errors of an installation at one of the horizons.
    package struct Pool: Sendable {
        let horizon: Int
        let trials: Int
        let scores: [Double]

        package init(horizon: Int, trials: Int, scores: [Double]) {
            self.horizon = horizon
            self.trials = trials
            self.scores = scores
        }
    }

    /// So many trials of an installation weigh as much as what the program brings.
    private static let shippedTrials = 300.0

    /// This calibration drawn towards what an installation saw, the more the more it saw.
    package func refined(by pools: [Pool]) -> Calibration {
        var scores = scores
        for pool in pools where pool.scores.count == Self.shares.count {
            guard let place = Self.horizons.firstIndex(of: Double(pool.horizon)) else { continue }
            let weight = Double(pool.trials) / (Double(pool.trials) + Self.shippedTrials)
            scores[place] = zip(scores[place], pool.scores).map { $0 + ($1 - $0) * weight }
        }
        return Calibration(scores: scores)
    }
}

extension Calibration {
    /// The quantiles of many errors; nil when there is none for one of the horizons.
    ///
    /// - Parameter errors: each with the days that were to come.
    package init?(of errors: [(days: Int, score: Double)]) {
        var scores: [[Double]] = []
        for horizon in Self.horizons {
            let reach = horizon < 5 ? 0 : 1.0
            let near = errors.filter { abs(Double($0.days) - horizon) <= reach }.map(\.score).sorted()
            guard !near.isEmpty else { return nil }
            scores.append(Self.shares.map { Self.quantile($0, of: near) })
        }
        self.init(scores: scores)
    }

    /// Linear between order statistics (Hyndman and Fan, definition 7).
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}
