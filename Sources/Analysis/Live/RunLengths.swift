import Foundation

/// How long power stays above fixed levels, and when it stays there for far longer than ever.
struct RunLengths: Codable, Sendable {
    private var runs = Self.levels.map { _ in LevelRun() }
    private var openLevel = 0
    /// Runs that were too long lately; older ones count less.
    private var surprises = 0.0
    private var lastDay = 1
    private(set) var openSince: Double?

    /// Watts.
    private static let levels: [Double] = [30, 60, 100, 200, 300, 500, 800, 1200, 1800, 2500]

    /// So many runs a day as long as one may be expected at most, if it is to be news: one in a hundred days.
    private static let rarity = 0.01
    /// The share of a surprise that is left after a day.
    private static let memory = 0.95

    struct Finding {
        let excess: Excess
        /// When the run began.
        let since: Double
    }

    /// - Returns: the run that has become too long.
    mutating func take(_ power: Double, _ moment: LiveMoment) -> Finding? {
        var found: Finding?
        let rarity = rarity(on: moment.day)
        for (level, watts) in Self.levels.enumerated() {
            if power > watts {
                guard let score = runs[level].extend(moment, rarity: rarity), openSince == nil || openLevel == level
                else { continue }
                if openSince == nil { surprises += 1 }
                found = Finding(
                    excess: Excess(score: score, observed: power, usual: watts), since: runs[level].since ?? moment.at)
                openSince = moment.at
                openLevel = level
            } else if runs[level].end(moment), openLevel == level {
                openSince = nil
            }
        }
        return found
    }

    /// A device whose runs have often been a surprise is one in which they are none: a house hangs behind the sensor.
    private mutating func rarity(on day: Int) -> Double {
        if day != lastDay {
            surprises *= pow(Self.memory, Double(day - lastDay))
            lastDay = day
        }
        return Self.rarity / (1 + surprises)
    }
}
