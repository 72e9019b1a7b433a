import Foundation

/// How far a value is from the nearest one ever seen, against how far values usually are.
///
/// Nothing is assumed about how values lie: what comes again and again, spikes as well as plateaus, is soon known, and what was
/// never near is new. Keeps at most ``most`` values, those that tell least apart being left out.
struct NoveltyScale: Sendable {
    /// Seen before, in order of size.
    private var values: [Double] = []
    private var mean = 0.0
    private var count = 0

    private static let most = 4096
    /// Of the range of all values: closer ones stand for each other.
    private static let resolution = 1.0 / 8192

    /// How many times the usual distance `value` is from its nearest neighbour; it is not learned by this.
    mutating func novelty(of value: Double) -> Double {
        count += 1
        let distance = distance(of: value)
        mean += (distance - mean) / Double(count)
        return mean > 0 ? distance / mean : 0
    }

    private func distance(of value: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        let place = place(of: value)
        let above = place < values.count ? values[place] - value : .infinity
        let below = place > 0 ? value - values[place - 1] : .infinity
        return min(above, below)
    }

    mutating func learn(_ value: Double) {
        let place = place(of: value)
        if let first = values.first, let last = values.last,
            distance(of: value) <= (max(last, value) - min(first, value)) * Self.resolution
        {
            return
        }
        values.insert(value, at: place)
        if values.count > Self.most { thin() }
    }

    /// Leaves out values until those left are twice as far apart as need be.
    private mutating func thin() {
        guard let first = values.first, let last = values.last else { return }
        var gap = (last - first) / Double(Self.most)
        while values.count > Self.most / 2 {
            var kept = [first]
            for value in values where value - kept[kept.count - 1] > gap { kept.append(value) }
            if kept.last != last { kept.append(last) }
            values = kept
            gap *= 2
        }
    }

    /// Where `value` belongs among the values.
    private func place(of value: Double) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
