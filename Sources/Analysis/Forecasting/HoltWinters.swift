/// Additive weeks and a damped trend (C. C. Holt, 1957; P. R. Winters, 1960; E. S. Gardner, E. McKenzie, 1985).
struct HoltWinters {
    private var level: Double
    private var trend = 0.0
    private var season: [Double]
    private var error = 0.0
    private var place = 0
    private static let damping = 0.9

    static func best(of days: [Double]) -> HoltWinters {
        var best = HoltWinters(days, 0.1, 0.01, 0.05)
        for alpha in [0.02, 0.05, 0.1, 0.2, 0.4, 0.6] {
            for (beta, gamma) in [(0.0, 0.02), (0.0, 0.1), (0.02, 0.02), (0.02, 0.1), (0.1, 0.05)] {
                let other = HoltWinters(days, alpha, beta, gamma)
                if other.error < best.error { best = other }
            }
        }
        return best
    }

    private init(_ days: [Double], _ alpha: Double, _ beta: Double, _ gamma: Double) {
        let start = days.prefix(28)
        level = start.isEmpty ? 0 : start.reduce(0, +) / Double(start.count)
        season = Array(repeating: 0, count: 7)
        for day in days {
            let base = level + Self.damping * trend
            let surprise = day - base - season[place % 7]
            error += surprise * surprise
            level = base + alpha * surprise
            trend = Self.damping * trend + alpha * beta * surprise
            season[place % 7] += gamma * surprise
            place += 1
        }
    }

    func rest(of count: Int) -> Double {
        var (sum, step, drift) = (0.0, 1.0, 0.0)
        for ahead in 0..<count {
            step *= Self.damping
            drift += step * trend
            sum += max(0, level + drift + season[(place + ahead) % 7])
        }
        return sum
    }
}
