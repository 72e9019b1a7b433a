/// Finds out whether a device repeats one figure of power for hours, as a filled-in record does.
///
/// Not every steady load is stuck: only a meter whose power otherwise changes from reading to reading tells by repeating.
struct StuckPower: Sendable {
    /// Watts.
    private var power = Float.nan
    private var sinceInstant = Int64.max
    private var sinceRegister: Int64 = 0
    private var changes = 0
    private var repeats = 0
    /// Whether the figure has stood for so long that it is no measurement.
    private(set) var isStuck = false

    /// Ten hours, in microseconds.
    private static let limit: Int64 = 36_000_000_000
    /// A meter that has not changed so often is not known well enough.
    private static let leastChanges = 100

    /// Takes the next reading.
    ///
    /// - Returns: whether a figure that stood too long has just ended; ``since`` is then still its first reading.
    @inline(__always)
    mutating func hasEnded(at sample: Sample) -> Bool {
        if sample.power == power {
            repeats &+= 1
            if !isStuck, sample.at &- sinceInstant >= Self.limit { isStuck = isUnusual }
            return false
        }
        return isStuck
    }

    /// Goes on with another figure.
    @inline(__always)
    mutating func follow(_ sample: Sample) {
        guard sample.power != power else { return }
        changes &+= 1
        power = sample.power
        begin(at: sample)
    }

    /// Begins anew where readings do not follow each other.
    mutating func begin(at sample: Sample) {
        sinceInstant = sample.at
        sinceRegister = sample.register
        isStuck = false
    }

    /// The reading that first told the figure.
    var since: Sample { Sample(at: sinceInstant, register: sinceRegister) }

    /// Repeats of the figure itself do not count.
    private var isUnusual: Bool {
        power > 0 && changes >= Self.leastChanges && changes > repeats / 2
    }
}
