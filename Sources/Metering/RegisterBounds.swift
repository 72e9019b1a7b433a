/// What can be true of one register, in the repair's whole numbers.
struct RegisterBounds: Sendable {
    /// Microseconds without a reading that make a gap.
    let gapAfter: Int64
    /// Watts.
    let maximumPower: Float
    private let perMicrosecond: Double
    private let modulus: Int64?
    /// The least step that the register was seen to make, in milliwatt-hours; a kilowatt-hour at the most.
    private(set) var resolution = Energy.perKilowattHour
    private var hasMoved = false

    static let minute: Int64 = 60_000_000
    /// Timestamps may be off by this much.
    private static let clockSlack: Int64 = 1_000_000
    /// A device writes its register to flash once a minute; one that was written late is two minutes old.
    private static let flashAge = 2 * minute

    init(_ limits: RegisterLimits) {
        gapAfter = Int64(limits.gapAfter * 1e6)
        maximumPower = Float(limits.maximumPower)
        perMicrosecond = limits.maximumPower / 3.6e6
        modulus = limits.modulus?.milliwattHours
    }

    /// The most milliwatt-hours that a register can move in so many microseconds.
    func most(in elapsed: Int64) -> Int64 {
        let most = Double(elapsed &+ Self.clockSlack) * perMicrosecond
        return most < 4e18 ? Int64(most) &+ resolution : .max
    }

    /// Whether `later` can be the register of `earlier` that counted on.
    func canCountOn(from earlier: Sample, to later: Sample) -> Bool {
        later.register >= earlier.register
            && later.register - earlier.register <= most(in: max(0, later.at - earlier.at))
    }

    /// Whether a step back may be the register of a short while ago, restored from flash.
    func canBeRestored(_ later: Sample, after earlier: Sample) -> Bool {
        let drop = earlier.register - later.register
        return drop <= later.register && drop <= most(in: Self.flashAge)
    }

    /// The least step, as far as it is known when the register moves by `step`, or when it is left standing.
    ///
    /// Before a register has moved, its first figure is no more than a guess: one that never moves is not taken for coarse.
    func resolution(movingBy step: Int64?) -> Int64 {
        if let step { return min(resolution, step) }
        return hasMoved ? resolution : min(resolution, Self.fineStep)
    }

    /// A watt-hour.
    private static let fineStep: Int64 = 1000

    /// Learns the least step.
    mutating func learn(step: Int64) {
        hasMoved = true
        if step < resolution, step > 0 { resolution = step }
    }

    /// Guesses the least step from the decimal places of a register's first figure.
    mutating func learn(firstRegister register: Int64) {
        var step: Int64 = 1
        while step < Energy.perKilowattHour, register % (step * 10) == 0 { step *= 10 }
        resolution = step
    }
}

extension RegisterBounds {
    /// Where registers begin again that nobody declared: 4, 5 and 6 digits of kilowatt-hours, 2^23 tenths of a watt-hour,
    /// 2^32 milliwatt-hours, 2^32 watt-hours.
    private static let knownModuli: [Int64] = [
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 838_860_800, 4_294_967_296, 4_294_967_296_000,
    ]

    /// What was used when the register went from `earlier` over its last figure to `later`; nil when it cannot have.
    func rollover(from earlier: Sample, to later: Sample) -> Int64? {
        let moduli = modulus.map { [$0] } ?? Self.knownModuli
        let most = most(in: later.at - earlier.at)
        return moduli.lazy.filter { $0 >= earlier.register && earlier.register > $0 - $0 / 10 }
            .map { $0 - earlier.register + later.register }
            .first { $0 <= most }
    }
}
