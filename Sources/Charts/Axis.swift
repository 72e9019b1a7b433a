import Foundation

/// A scale from zero to a round value, with at most six lines.
package struct Axis: Hashable, Sendable {
    package let ticks: [Double]

    /// - Parameter greatest: the greatest value to show; nothing or less gives a scale to one.
    package init(upTo greatest: Double) {
        let wanted = greatest > 0 && greatest.isFinite ? greatest : 1
        let rough = wanted / 4
        let power = pow(10, (log10(rough)).rounded(.down))
        let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999_999 } ?? rough
        let count = Int((wanted / step * 0.999_999).rounded(.up))
        ticks = (0...max(1, count)).map { Double($0) * step }
    }

    package var top: Double {
        ticks.last ?? 1
    }

    /// Decimals that tell every tick exactly.
    package var decimals: Int {
        (0...6).first { places in
            ticks.allSatisfy { tick in
                let scaled = tick * pow(10, Double(places))
                return abs(scaled - scaled.rounded()) < 1e-6
            }
        } ?? 6
    }
}
