/// A reading as the repair needs it: small, in whole numbers.
struct Sample: Sendable {
    /// Microseconds since 1970.
    var at: Int64
    /// Milliwatt-hours.
    var register: Int64
    /// Watts; not a number when the device did not tell.
    var power: Float
    /// Nil becomes ``unknown``.
    var bootID: Int64
    /// Nil becomes ``unknown``.
    var sequence: Int64

    static let unknown = Int64.min

    init(_ reading: Reading) {
        at = reading.at.microseconds
        register = reading.register.milliwattHours
        power = reading.power ?? .nan
        bootID = reading.bootID.map(Int64.init) ?? Self.unknown
        sequence = reading.sequence ?? Self.unknown
    }

    /// A reading of which only the register is known.
    init(at: Int64, register: Int64) {
        self.at = at
        self.register = register
        power = .nan
        bootID = Self.unknown
        sequence = Self.unknown
    }

    /// Whether the device started anew between two readings; nil when they do not tell.
    func hasRestarted(since earlier: Sample) -> Bool? {
        if bootID != Self.unknown, earlier.bootID != Self.unknown { return bootID != earlier.bootID }
        guard sequence != Self.unknown, earlier.sequence != Self.unknown else { return nil }
        if sequence < earlier.sequence { return true }
        let isNext = sequence - earlier.sequence <= Self.nearSequence && earlier.sequence > Self.nearSequence
        return isNext ? false : nil
    }

    /// A sequence that began again does not come so close to a long one by chance.
    private static let nearSequence: Int64 = 16

    /// Whether the device made this reading before `other` in one run, whatever their times say.
    func wasMadeBefore(_ other: Sample) -> Bool {
        bootID != Self.unknown && bootID == other.bootID && sequence != Self.unknown
            && other.sequence != Self.unknown && sequence < other.sequence
    }
}
