import Foundation

/// Whether a load goes on after its relay was reported off.
///
/// When a relay goes off and nothing falls away, either nothing ran on it, or the contact is stuck. The two differ in what is
/// left: in the first case a level as it is usual with the relay off, in the second one that is usual only when the load is taken
/// away. The ratio of both likelihoods, and how seldom this socket is idle when it is switched off, decide.
struct StuckWatch: Codable, Sendable {
    private var check: Check?
    private(set) var openSince: Double?
    private var openState = 0
    private var openLevel = 0.0

    /// An off that is being looked at.
    private struct Check: Codable, Sendable {
        let socket: Int
        let before: Double
        var after: [Float] = []
    }

    struct Finding {
        let socket: Int
        let excess: Excess
    }

    private static let limit = 1.6
    private static let readings = 3
    /// The share of a load that must be left, and the most that power may have become in shares of it.
    private static let keptShare = 0.6...1.7

    mutating func begin(socket: Int, before: Double?) {
        check = before.map { Check(socket: socket, before: $0) }
    }

    mutating func forget() {
        check = nil
    }

    /// Takes a reading after the off; the third decides.
    mutating func take(
        _ power: Double, state: Int, at instant: Double, usual: LevelHistogram, socket load: (Int) -> SwitchedLoad,
        learn: (Int, Double) -> Void
    ) -> Finding? {
        if openSince != nil, state != openState || power < openLevel * 0.5 { openSince = nil }
        guard var now = check else { return nil }
        now.after.append(Float(power))
        guard now.after.count == Self.readings else {
            check = now
            return nil
        }
        check = nil
        let after = now.after.map(Double.init)
        let median = after.sorted()[1]
        let (score, watts) = Self.evidence(before: now.before, after: after, median, usual, load(now.socket))
        guard score > Self.limit else {
            learn(now.socket, now.before - median)
            return nil
        }
        openSince = instant
        openState = state
        openLevel = median
        return Finding(socket: now.socket, excess: Excess(score: score, observed: median, usual: max(0, median - watts)))
    }

    private static func evidence(
        before: Double, after: [Double], _ median: Double, _ usual: LevelHistogram, _ socket: SwitchedLoad
    ) -> (score: Double, watts: Double) {
        var sum = 0.0
        var best = (fit: -Double.infinity, watts: 0.0)
        let loads = socket.loads(at: before)
        for (watts, fit) in loads {
            let kept = (median - (before - watts)) / watts
            guard keptShare.contains(kept), before > 0.6 * watts else { continue }
            let ratio = after.reduce(0) { $0 + log(usual.share(near: $1 - watts) / usual.share(near: $1)) }
            let likelihood = fit * exp(ratio / Double(after.count))
            sum += likelihood
            if likelihood > best.fit { best = (likelihood, watts) }
        }
        guard sum > 0 else { return (-.infinity, 0) }
        return (log(sum / Double(loads.count) / socket.idleShare), best.watts)
    }
}
