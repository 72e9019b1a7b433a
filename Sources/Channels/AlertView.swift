package import Control
package import Foundation
import Notices

/// An alert as the interface shows it, and as webhooks are told of it.
package struct AlertView: Encodable, Sendable {
    let id: Int64?
    let device: Int64?
    let kind: String
    let severity: String
    let socket: String
    let probability: Double?
    let observed: Double?
    let usual: Double?
    let sentence: String
    let opened_at: Int64
    let acknowledged_at: Int64?
    let acknowledged_by: String?
    let resolved_at: Int64?
    let resolved_by: String?
    let probed_at: Int64?
    let probe: String?
    let state: String

    package init(_ alert: Alert) {
        id = alert.id
        device = alert.condition.key.device
        kind = alert.condition.key.kind.rawValue
        severity = alert.condition.severity.rawValue
        socket = alert.socket.rawValue
        probability = alert.probability
        observed = alert.condition.observed
        usual = alert.condition.usual
        sentence = alert.sentence
        opened_at = alert.openedAt.milliseconds
        acknowledged_at = alert.acknowledgedAt?.milliseconds
        acknowledged_by = alert.acknowledgedBy
        resolved_at = alert.resolvedAt?.milliseconds
        resolved_by = alert.resolvedBy
        probed_at = alert.probe?.at.milliseconds
        probe = alert.probe.map { $0.socket == nil ? "unclear" : "settled" }
        state = alert.state.rawValue
    }
}

extension Date {
    /// Milliseconds since 1970, as everywhere in the interface.
    package var milliseconds: Int64 {
        Int64((timeIntervalSince1970 * 1000).rounded())
    }
}
