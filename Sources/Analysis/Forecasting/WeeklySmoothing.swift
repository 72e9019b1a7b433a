/// Each weekday smoothed on its own, at the speed that foretold it best.
struct WeeklySmoothing {
    private let level: [Double]

    init(_ days: [Double]) {
        let tries = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6].map { Self.smooth(days, $0) }
        level = tries.min { $0.error < $1.error }?.level ?? []
    }

    private static func smooth(_ days: [Double], _ speed: Double) -> (level: [Double], error: Double) {
        var level = Array(days.prefix(7))
        var error = 0.0
        for place in days.indices.dropFirst(7) {
            let surprise = days[place] - level[place % 7]
            error += surprise * surprise
            level[place % 7] += speed * surprise
        }
        let shift = days.count % 7
        return (level.indices.map { level[($0 + shift) % level.count] }, error)
    }

    func rest(of count: Int) -> Double {
        level.isEmpty ? 0 : (0..<count).reduce(0) { $0 + max(0, level[$1 % level.count]) }
    }
}
