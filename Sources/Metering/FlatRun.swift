/// A stretch over which a register stood still, and the energy that the measured power says flowed meanwhile.
///
/// Holds a bounded number of places, so that a register that hangs for weeks takes no more room than one that hangs for a day.
struct FlatRun: Sendable {
    /// How far the power had come at an instant.
    private struct Place: Sendable {
        let at: Int64
        let energy: Int64
    }

    /// When the register first showed its figure.
    private(set) var startedAt: Int64 = 0
    /// When it last did.
    private(set) var endedAt: Int64 = 0
    /// Milliwatts times milliseconds.
    private var flow: Int64 = 0
    private var poweredTime: Int64 = 0
    private var count = 0
    private var places: [Place] = []

    /// Beyond so many places a run is closed and another begun: four weeks of ten minutes.
    static let mostPlaces = 4096
    private static let flowPerMilliwattHour: Int64 = 3_600_000
    /// Power must have flowed for so long, in microseconds.
    private static let stallAfter: Int64 = 600_000_000
    /// A shorter stretch is a stall when so many readings saw power in it, worth so many steps of the register.
    private static let certainCount = 4
    private static let certainSteps: Int64 = 8

    /// Whether more than one reading showed the figure.
    var isOpen: Bool { endedAt != startedAt }
    var isFull: Bool { places.count >= Self.mostPlaces }
    /// Milliwatt-hours by the power.
    var energy: Int64 { flow / Self.flowPerMilliwattHour }
    var heldCount: Int { places.count }

    mutating func begin(at instant: Int64) {
        startedAt = instant
        endedAt = instant
        flow = 0
        poweredTime = 0
        count = 0
        if !places.isEmpty { places.removeAll(keepingCapacity: true) }
    }

    /// Takes a reading with the same figure.
    mutating func extend(from earlier: Sample, to later: Sample, _ bounds: RegisterBounds) {
        let lastPlace = places.last?.at ?? startedAt
        if later.at - lastPlace > bounds.gapAfter, endedAt > lastPlace {
            places.append(Place(at: endedAt, energy: energy))
        }
        let more = Self.flow(from: earlier, to: later, atMost: bounds.maximumPower)
        flow += more
        if more > 0 { poweredTime += later.at - earlier.at }
        endedAt = later.at
        count += 1
    }

    /// Milliwatt-hours that flowed between two neighbouring readings, by the power that the later one tells.
    static func energy(from earlier: Sample, to later: Sample, _ bounds: RegisterBounds) -> Int64 {
        flow(from: earlier, to: later, atMost: bounds.maximumPower) / flowPerMilliwattHour
    }

    private static func flow(from earlier: Sample, to later: Sample, atMost most: Float) -> Int64 {
        let power = later.power.isNaN ? earlier.power : later.power
        guard power > 0 else { return 0 }
        return Int64(min(power, most) * 1000) * ((later.at - earlier.at) / 1000)
    }

    /// Whether the register hung: a coarse one that waits for its next step did not.
    ///
    /// - Parameter caughtUp: what the register made good when it moved on; then a short stretch was no stall.
    func isStall(resolution: Int64, caughtUp: Int64) -> Bool {
        let steps = energy / max(1, resolution)
        if poweredTime >= Self.stallAfter { return steps >= 2 }
        return steps >= Self.certainSteps && count >= Self.certainCount && poweredTime == endedAt - startedAt
            && caughtUp <= energy / 2
    }

    /// Where the register would have been, given that `energy` flowed over the run, as distances from its figure.
    func course(of energy: Int64) -> [(at: Int64, energy: Int64)] {
        guard self.energy > 0 else { return [(endedAt, energy)] }
        let whole = Int128(self.energy)
        return places.map { ($0.at, Int64(Int128(energy) * Int128($0.energy) / whole)) } + [(endedAt, energy)]
    }
}
