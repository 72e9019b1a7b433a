/// Finds the steps from one level of power to the next.
///
/// A level stands when three readings in a row agree; what flickers between two levels, and the inrush of a motor, is passed
/// over.
struct StepTracker: Codable, Sendable {
    struct Step: Equatable, Sendable {
        /// Watts more than before; negative for a step down.
        let size: Double
        /// The first reading on the new level.
        let at: Double
        /// Readings from the old level to the new one.
        let readings: Int

        /// Whether nothing lay between the levels but one reading at most.
        var isClean: Bool { readings <= 1 }
    }

    private(set) var level: Double?
    private var next: [Float] = []
    private var nextAt: [Double] = []
    private var between = 0

    private static let agreeing = 3

    private static func tolerance(_ power: Double) -> Double { max(12, power * 0.06) }

    mutating func take(_ power: Double, at instant: Double) -> Step? {
        if let level, abs(power - level) <= Self.tolerance(level) {
            self.level = level + 0.2 * (power - level)
            next.removeAll(keepingCapacity: true)
            nextAt.removeAll(keepingCapacity: true)
            between = 0
            return nil
        }
        between += 1
        if next.count == Self.agreeing {
            next.removeFirst()
            nextAt.removeFirst()
        }
        next.append(Float(power))
        nextAt.append(instant)
        guard next.count == Self.agreeing else { return nil }
        let sorted = next.sorted()
        let middle = Double(sorted[1])
        guard Double(sorted[2] - sorted[0]) <= 1.5 * Self.tolerance(middle) else { return nil }
        defer {
            level = middle
            between = 0
            next.removeAll(keepingCapacity: true)
            nextAt.removeAll(keepingCapacity: true)
        }
        return level.map { Step(size: middle - $0, at: nextAt[0], readings: between - Self.agreeing + 1) }
    }

    mutating func forget() {
        level = nil
        between = 0
        next.removeAll(keepingCapacity: true)
        nextAt.removeAll(keepingCapacity: true)
    }
}
