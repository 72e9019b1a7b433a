/// The power of the last readings that followed each other under the same relay states.
///
/// Power is held when so many readings in a row showed at least as much; the inrush of a motor is over before that.
struct HeldPower: Codable, Sendable {
    /// The newest last; at most ``count``.
    private var powers: [Float] = []
    private var count = 1

    /// - Parameter readings: so many make power held.
    mutating func take(_ power: Double, of readings: Int) {
        count = max(1, readings)
        if powers.count >= count { powers.removeFirst(powers.count - count + 1) }
        powers.append(Float(power))
    }

    mutating func forget() {
        powers.removeAll(keepingCapacity: true)
    }

    /// The least of the last readings; nil until there are enough.
    var held: Double? {
        powers.count == count ? powers.min().map(Double.init) : nil
    }

    /// The most of the last readings; nil until there are enough.
    var most: Double? {
        powers.count == count ? powers.max().map(Double.init) : nil
    }

    /// The middle of those that there are.
    var median: Double? {
        powers.isEmpty ? nil : Double(powers.sorted()[powers.count / 2])
    }
}
