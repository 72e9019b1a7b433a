import Foundation

/// One try to find out which socket an alert is about: a relay is opened for a moment, and what the power does then tells.
package struct Probe: Hashable, Sendable {
    /// What the alert says.
    package let condition: AlertCondition
    /// The order that opens the relay, by its number.
    package let order: Int64
    package let relay: Relay
    /// Nil until the order has settled.
    package private(set) var answer: ProbeAnswer?

    package init(of condition: AlertCondition, by order: RelayOrder) {
        self.condition = condition
        self.order = order.id
        relay = order.relay
    }

    /// Follows the order to its end.
    ///
    /// - Parameter after: watts once the relay was closed again; nil when no reading told.
    /// - Returns: what was found, once; nil before, and when the relay was never opened.
    package mutating func follow(_ order: RelayOrder, after: Double?) -> ProbeFinding? {
        guard order.id == self.order, order.state.isFinal, answer == nil, order.sentAt != nil else { return nil }
        // Sent and taken back: the device may have opened the relay, and nobody looked.
        guard order.acknowledgedAt != nil || order.state == .expired else { return nil }
        let found = Self.answer(
            before: order.wattsBefore, open: order.wattsAfter, after: after, need: need(of: order.wattsBefore))
        answer = found
        return ProbeFinding(
            relay: relay, answer: found, before: order.wattsBefore, open: order.wattsAfter)
    }

    /// Watts that the load in question draws at least: without them nothing would be unusual.
    private func need(of power: Double?) -> Double {
        let excess = (condition.observed ?? power ?? 0) - (condition.usual ?? 0)
        return max(Self.least, Self.share * excess)
    }

    private static func answer(before: Double?, open: Double?, after: Double?, need: Double) -> ProbeAnswer {
        guard let before, let open, let after else { return .lost }
        let fall = before - open
        // What neither socket holds alone is gone, or has only begun.
        switch (fall >= need, open >= need) {
        case (true, false): return .here
        case (false, true): return isSteady(before, after) && fall > -allowance(before) ? .there : .moved
        case (true, true): return greater(fall, open, isSteady: isSteady(before, after))
        case (false, false): return .moved
        }
    }

    /// Where either could be it, the one that draws by far the most is.
    private static func greater(_ fall: Double, _ rest: Double, isSteady: Bool) -> ProbeAnswer {
        guard isSteady else { return .moved }
        if fall >= dominance * rest { return .here }
        return rest >= dominance * fall ? .there : .both
    }

    /// Whether the power is again what it was: else something else has moved it.
    private static func isSteady(_ before: Double, _ after: Double) -> Bool {
        abs(after - before) <= allowance(before)
    }

    private static func allowance(_ power: Double) -> Double { max(least, drift * power) }

    /// Watts; less says nothing.
    private static let least = 30.0
    /// The share of the load in question that has to be seen.
    private static let share = 0.7
    private static let dominance = 3.0
    private static let drift = 0.2
}
