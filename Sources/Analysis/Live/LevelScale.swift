import Foundation

/// Watts on a scale of even ratios.
struct LevelScale: Sendable {
    /// The number of levels; the last holds everything above the scale too.
    let count: Int
    private let least: Double
    private let perFold: Double

    /// Levels of power: a tenth from one to the next, from 5 W to 10 kW; level 0 is everything below.
    static let power = LevelScale(count: 81, least: 5, ratio: 1.1)
    /// Sizes of loads: a twentieth from one to the next, from 20 W to 10 kW.
    static let load = LevelScale(count: 128, least: 20, ratio: 1.05)

    private init(count: Int, least: Double, ratio: Double) {
        self.count = count
        self.least = least
        perFold = 1 / log(ratio)
    }

    func level(_ watts: Double) -> Int {
        guard watts > least else { return 0 }
        return min(count - 1, 1 + Int(log(watts / least) * perFold))
    }

    /// The level of a power and its neighbours.
    func levels(near watts: Double) -> ClosedRange<Int> {
        let level = level(watts)
        return max(0, level - 1)...min(count - 1, level + 1)
    }

    /// The watts in the middle of a level.
    func watts(_ level: Int) -> Double {
        least * exp((Double(level) - 0.5) / perFold)
    }
}
