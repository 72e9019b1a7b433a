import Foundation

/// Watts on a scale of even ratios: a tenth from one level to the next, from 5 W to 10 kW.
enum LevelScale {
    static let count = 81
    private static let least = 5.0
    private static let stepsPerFold = 1 / log(1.1)

    /// The level of a power; 0 for everything below the scale.
    static func level(_ watts: Double) -> Int {
        guard watts > least else { return 0 }
        return min(count - 1, 1 + Int(log(watts / least) * stepsPerFold))
    }
}
