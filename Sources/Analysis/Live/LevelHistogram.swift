/// How often each level of power was seen under one pair of relay states.
struct LevelHistogram: Sendable {
    private var counts = CountTable(count: LevelScale.power.count)
    private var total = 0

    init() {}

    /// Readings that stand for what is not known yet, spread over all levels.
    private static let doubt = 40.0
    private static let share = 0.02
    /// Beyond so many readings all are halved, so that a changed habit is learned in weeks.
    private static let most = 60_000

    mutating func take(_ power: Double) {
        counts[LevelScale.power.level(power)] += 1
        total += 1
        guard total >= Self.most else { return }
        counts.halve()
        total = counts.total
    }

    /// The share of readings at this level and its neighbours, never zero.
    func share(near power: Double) -> Double {
        let seen = Double(counts.sum(LevelScale.power.levels(near: power)))
        return (seen + Self.share * Self.doubt) / (Double(total) + Self.doubt)
    }
}

extension LevelHistogram: Codable {
    func encode(to encoder: any Encoder) throws {
        try counts.encode(to: encoder)
    }

    init(from decoder: any Decoder) throws {
        counts = try CountTable(from: decoder)
        total = counts.total
    }
}
