/// How the power moves when a relay is reported to have switched: three readings before, three from the report on.
struct PowerStep: Hashable, Sendable {
    let isOn: Bool
    private let before: PowerWindow
    private var after = PowerWindow()
    private var readings = 0
    /// What the other socket is known to add meanwhile, negative when it is switched off; nil when it cannot be told.
    private(set) var foreign: Double? = 0

    /// The power has been seen to move as far as it should: what follows is another matter.
    private(set) var hasMoved = false

    init(isOn: Bool, before: PowerWindow) {
        self.isOn = isOn
        self.before = before
    }

    mutating func add(_ power: Double?) {
        readings += 1
        if let power { after.add(power) }
    }

    /// The other relay switches while the power is watched.
    ///
    /// - Parameter load: of the other socket, in watts; nil when it is not known, or came in another reading.
    mutating func mix(with load: Double?, isOn: Bool) {
        foreign = foreign.flatMap { foreign in load.map { foreign + (isOn ? $0 : -$0) } }
    }

    mutating func notice(knowing load: Double?) {
        if verdict(knowing: load)?.state == .confirmed { hasMoved = true }
    }

    /// All readings that it is judged by have come, whatever they told.
    var isComplete: Bool { readings >= PowerWindow.size }

    /// Watts that the socket gave up or took: what is learned of its load. Nil when it is not sure.
    var load: Double? {
        guard isComplete, foreign == 0, before.isFull, after.isFull, let move = after.median.flatMap(move) else {
            return nil
        }
        return max(0, move)
    }

    /// Watts by which the power moved the right way, up to a reading of `power`.
    private func move(to power: Double) -> Double? {
        guard let before = before.median, let foreign else { return nil }
        let change = power - before - foreign
        return isOn ? change : -change
    }

    /// What can be said of the socket now; nil while the next reading may tell more.
    ///
    /// - Parameter load: watts that the socket is known to carry; below 15 it is as if nothing was known.
    func verdict(knowing load: Double?) -> StepVerdict? {
        let known = load.flatMap { $0 >= Self.leastMove ? $0 : nil }
        let enough = max(Self.leastMove, Self.enough * (known ?? 0))
        if let last = after.watts.last, let move = move(to: last), move >= enough {
            return StepVerdict(.confirmed, before: before.median, after: last)
        }
        guard isComplete else { return nil }
        let state: RelayOrder.State = isStillThere(known) ? .stuck : .unconfirmed
        return StepVerdict(state, before: before.median, after: after.median)
    }

    /// Whether a load goes on behind a contact that should be open. Where less power is left than the load takes, it had
    /// stopped by itself before.
    private func isStillThere(_ load: Double?) -> Bool {
        guard !isOn, foreign == 0, let load, load >= Self.leastStuck, let left = after.median,
            let move = move(to: left)
        else { return false }
        return move < Self.little * load && left >= (1 - Self.little) * load
    }

    /// Watts below which a move of the power says nothing.
    static let leastMove = 15.0
    /// The share of a known load that must be seen to move.
    private static let enough = 0.6
    /// Watts of a load that is missed when it does not stop.
    private static let leastStuck = 30.0
    /// The share of a known load that may move without meaning anything.
    private static let little = 0.3
}
