import Foundation

/// How often power falls by itself from three readings to the next three, by how much, while no relay is switched.
struct Restlessness: Codable, Sendable {
    private var window: [Double] = []
    private var before: Double?
    /// Falls of at least 15 W, 30 W, and so on, each twice the one before.
    private var falls = [Double](repeating: 0, count: 8)
    private var windows = 0.0

    private static let size = 3
    private static let least = SwitchedLoad.leastLoad
    /// Windows after which older ones count half.
    private static let memory = 10_000.0

    mutating func take(_ power: Double) {
        window.append(power)
        guard window.count == Self.size else { return }
        let median = window.sorted()[Self.size / 2]
        window.removeAll(keepingCapacity: true)
        if let before { learn(before - median) }
        before = median
    }

    private mutating func learn(_ fall: Double) {
        if windows >= Self.memory {
            windows /= 2
            for step in falls.indices { falls[step] /= 2 }
        }
        windows += 1
        guard let step = Self.step(fall) else { return }
        for smaller in 0...step { falls[smaller] += 1 }
    }

    /// The greatest step that a fall reaches; nil for less than the least.
    private static func step(_ fall: Double) -> Int? {
        guard fall >= least else { return nil }
        return min(7, Int(log2(fall / least)))
    }

    /// A relay was switched, or readings are missing.
    mutating func forget() {
        window.removeAll(keepingCapacity: true)
        before = nil
    }

    /// The share of times in which power falls by at least about so many watts.
    func chance(of fall: Double) -> Double {
        falls[Self.step(fall) ?? 0] / max(1, windows)
    }
}
