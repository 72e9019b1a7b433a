import Foundation

/// What one socket's relay did lately, and the loads that fell away when it went off.
struct SwitchedLoad: Codable, Sendable {
    private(set) var isOn: Bool?
    /// When it was last switched on, and the power just before; nil when that was not seen.
    private(set) var onSince: Double?
    private(set) var powerBeforeOn: Double?
    /// When it was last switched off; nil while it is on.
    private(set) var offSince: Double?
    /// Watts that fell away when it was switched off, the newest last.
    private var drops: [Float] = []
    /// Whether a load fell away with the last off, as far as that can be told from what falls by itself.
    private(set) var fell = false
    private var offs = 0
    private var idleOffs = 0

    private static let mostDrops = 12
    /// Watts; less is no load.
    static let leastLoad = 15.0

    mutating func switchOn(at instant: Double, powerBefore: Double?) {
        isOn = true
        onSince = instant
        offSince = nil
        powerBeforeOn = powerBefore
    }

    mutating func switchOff(at instant: Double) {
        isOn = false
        offSince = instant
        fell = false
    }

    /// Whether it was on at an instant since it was last switched on.
    func wasOn(at instant: Double) -> Bool {
        guard instant >= onSince ?? 0 else { return false }
        return isOn != false || offSince.map { instant < $0 } ?? false
    }

    mutating func begin(isOn: Bool) {
        self.isOn = isOn
        onSince = nil
        powerBeforeOn = nil
        offSince = nil
    }

    /// Learns what an off did that was no stuck contact.
    ///
    /// - Parameter chance: how often as much falls by itself.
    mutating func learn(drop: Double, chance: Double) {
        offs += 1
        fell = drop > Self.leastLoad && chance < Self.rare
        guard drop > Self.leastLoad else {
            idleOffs += 1
            return
        }
        if drops.count == Self.mostDrops { drops.removeFirst() }
        drops.append(Float(drop))
    }

    /// How often nothing fell away, because nothing ran; never 0 or 1.
    var idleShare: Double { (Double(idleOffs) + 1) / (Double(offs) + 2) }

    /// Loads that may run on it when it is switched off at `power`, with the probability that they do.
    ///
    /// A load is likelier the more often as much fell away with the relay, beyond what falls by itself, and the better it fits
    /// what has risen since it was switched on.
    func loads(at power: Double, chance: (Double) -> Double) -> [(watts: Double, probability: Double)] {
        let rise = powerBeforeOn.map { power - $0 }
        var loads = drops.map { drop in
            let watts = Double(drop)
            let alike = Double(drops.count { abs($0 - drop) <= drop * 0.4 })
            let share = alike / Double(drops.count) * (1 - idleShare) - chance(0.6 * watts)
            let fits = rise.map { abs($0 - watts) <= 0.4 * watts + 10 } ?? true
            return (watts, max(Self.leastShare, share) / alike * (fits ? 1 : Self.poorFit))
        }
        if let rise, rise >= Self.leastLoad { loads.append((rise, 1 / (Double(offs) + 2))) }
        return loads
    }

    private static let rare = 0.1
    private static let poorFit = 0.1
    private static let leastShare = 0.02
}
