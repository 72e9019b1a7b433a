/// How often each level of power was seen under one pair of relay states.
struct LevelHistogram: Codable, Sendable {
    private var counts = [UInt16](repeating: 0, count: LevelScale.count)
    private var total = 0

    /// Readings that stand for what is not known yet, spread over all levels.
    private static let doubt = 40.0
    /// Beyond so many readings all are halved, so that a changed habit is learned in weeks.
    private static let most = 60_000

    mutating func take(_ power: Double) {
        counts[LevelScale.level(power)] += 1
        total += 1
        if total >= Self.most {
            for level in counts.indices { counts[level] /= 2 }
            total = counts.reduce(0) { $0 + Int($1) }
        }
    }

    /// The share of readings at this level and its neighbours, never zero.
    func share(near power: Double) -> Double {
        let level = LevelScale.level(power)
        let seen = counts[max(0, level - 1)...min(LevelScale.count - 1, level + 1)].reduce(0) { $0 + Int($1) }
        return (Double(seen) + 0.02 * Self.doubt) / (Double(total) + Self.doubt)
    }
}
