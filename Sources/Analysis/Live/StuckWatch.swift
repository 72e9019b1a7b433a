import Foundation

/// Whether a load goes on after its relay was reported off.
///
/// When a relay goes off and nothing falls away, either nothing ran on it, or the contact is stuck. The two differ in what is
/// left: in the first case a level as it is usual with the relay off, in the second one that is usual only when the load is taken
/// away. The ratio of both likelihoods decides, with how often that load runs when this socket is switched off, how often the
/// socket is idle then, and what fell: as much as such a load is a sign that it opened, unless power falls by itself as often.
struct StuckWatch: Codable, Sendable {
    private var check: Check?
    private var openState = 0
    private var openLevel = 0.0
    private(set) var openSince: Double?
    /// How often it was said of a socket lately.
    private var said = [0.0, 0.0]

    /// An off that is being looked at.
    private struct Check: Codable, Sendable {
        let socket: Int
        /// Watts before it.
        let before: Double
        var after: [Double] = []
    }

    enum Verdict {
        case quiet
        /// Watts fell away with the relay, or none, as they should.
        case fellAway(Double, socket: Int)
        case stuck(socket: Int, Excess)
    }

    /// The logarithm of the odds from which on it is said: about three to one.
    private static let limit = 1.0
    /// The share of what was said that is left after an off that was none: what is said again and again must be plainer.
    private static let memory = 0.5
    private static let readings = 3
    /// What must be left of a load, in shares of it, and the most it may have become.
    private static let keptShare = 0.6...1.7

    /// - Parameter before: watts just before the relay was reported off; nil when that is not known.
    mutating func begin(socket: Int, before: Double?) {
        check = before.map { Check(socket: socket, before: $0) }
    }

    mutating func forget() {
        check = nil
    }

    /// Takes a reading after the off; the third decides.
    ///
    /// - Parameters:
    ///   - usual: what is usual under these relay states.
    ///   - chance: how often power falls by itself.
    mutating func take(
        _ power: Double, state: Int, at instant: Double, usual: LevelHistogram, chance: (Double) -> Double,
        _ sockets: [SwitchedLoad]
    ) -> Verdict {
        if openSince != nil, state != openState || power < openLevel / 2 { openSince = nil }
        guard var now = check else { return .quiet }
        now.after.append(power)
        check = now.after.count < Self.readings ? now : nil
        guard check == nil else { return .quiet }
        let median = now.after.sorted()[Self.readings / 2]
        let (score, watts) = Self.evidence(before: now.before, now.after, median, usual, sockets[now.socket], chance)
        guard score > Self.limit + said[now.socket] else {
            said[now.socket] *= Self.memory
            return .fellAway(now.before - median, socket: now.socket)
        }
        said[now.socket] += 1
        openSince = instant
        openState = state
        openLevel = median
        return .stuck(
            socket: now.socket, Excess(score: score, observed: median, usual: max(0, median - watts)))
    }

    private static func evidence(
        before: Double, _ after: [Double], _ median: Double, _ usual: LevelHistogram, _ socket: SwitchedLoad,
        _ chance: (Double) -> Double
    ) -> (score: Double, watts: Double) {
        var sum = 0.0
        var best = (likelihood: 0.0, watts: 0.0)
        let change = before - median
        let loads = socket.loads(at: before, chance: chance)
        // If it opened, what ran on it is gone, and the rest changes as it does by itself.
        var opened = socket.idleShare * byItself(change, chance)
        for (watts, probability) in loads {
            opened += probability * byItself(change - watts, chance)
            let kept = (median - (before - watts)) / watts
            guard keptShare.contains(kept), before > keptShare.lowerBound * watts else { continue }
            // Readings in a row say the same thing, so that they count as one.
            let ratio = after.reduce(0) { $0 + log(usual.share(near: $1 - watts) / usual.share(near: $1)) }
            let likelihood = probability * exp(ratio / Double(after.count))
            sum += likelihood
            if likelihood > best.likelihood { best = (likelihood, watts) }
        }
        guard sum > 0 else { return (-.infinity, 0) }
        return (log(sum * byItself(change, chance) / opened), best.watts)
    }

    /// How likely it is that power changes by about so many watts while nothing is switched.
    private static func byItself(_ change: Double, _ chance: (Double) -> Double) -> Double {
        let size = abs(change)
        let least = SwitchedLoad.leastLoad
        return max(rarest, size < least ? 1 - chance(least) : chance(size) - chance(2 * size))
    }

    /// However rarely it was seen, a change by itself is possible.
    private static let rarest = 0.002
}
