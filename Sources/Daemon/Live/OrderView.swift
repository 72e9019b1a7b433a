import Control
import Foundation

/// A relay order as the interface shows it.
struct OrderView: Encodable, Sendable {
    let id: Int64
    let device: Int64
    let relay: Int
    let on: Bool
    let author: String
    let reason: String
    let ordered_at: Int64
    let expires_at: Int64
    let sent_at: Int64?
    let acknowledged_at: Int64?
    let settled_at: Int64?
    let state: String
    let watts_before: Double?
    let watts_after: Double?
    let pulse_ms: Int?

    init(_ order: RelayOrder) {
        id = order.id
        device = order.device
        relay = Int(order.relay.rawValue)
        on = order.isOn
        author = order.draft.author
        reason = order.draft.reason
        ordered_at = order.draft.orderedAt.milliseconds
        expires_at = order.draft.expiresAt.milliseconds
        sent_at = order.sentAt?.milliseconds
        acknowledged_at = order.acknowledgedAt?.milliseconds
        settled_at = order.settledAt?.milliseconds
        state = order.state.rawValue
        watts_before = order.wattsBefore
        watts_after = order.wattsAfter
        pulse_ms = order.draft.pulse?.milliseconds
    }

    static let shape = Shape.object(
        [
            ("id", .integer()), ("device", .integer()), ("relay", .integer(1...2)), ("on", .boolean), ("author", .text),
            ("reason", .text), ("ordered_at", .instant), ("expires_at", .instant), ("sent_at", .instant),
            ("acknowledged_at", .instant), ("settled_at", .instant),
            ("state", .choice(RelayOrder.State.allCases.map(\.rawValue))), ("watts_before", .number()),
            ("watts_after", .number()), ("pulse_ms", .integer(1...60_000)),
        ], optional: ["sent_at", "acknowledged_at", "settled_at", "watts_before", "watts_after", "pulse_ms"])
}
