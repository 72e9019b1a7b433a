/// The powers of the last three readings that told one.
struct PowerWindow: Hashable, Sendable {
    private(set) var watts: [Double] = []

    static let size = 3

    mutating func add(_ power: Double) {
        if watts.count == Self.size { watts.removeFirst() }
        watts.append(power)
    }

    var isFull: Bool { watts.count == Self.size }

    /// Whether they are all about the same.
    var isSteady: Bool {
        guard isFull, let least = watts.min(), let most = watts.max() else { return false }
        return most - least <= max(PowerStep.leastMove, 0.1 * most)
    }

    /// The middle one, of two the mean; nil when there is none.
    var median: Double? {
        guard !watts.isEmpty else { return nil }
        let sorted = watts.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
