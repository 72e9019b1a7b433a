import Control
import Foundation

/// An alert as the interface shows it.
struct AlertView: Encodable, Sendable {
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

    init(_ alert: Alert) {
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

    static let shape = Shape.object(
        [
            ("id", .integer()), ("device", .integer()), ("kind", .text),
            ("severity", .choice(["info", "warning", "critical"])),
            ("socket", .choice(["1", "2", "both", "none", "unknown"])), ("probability", .number(0...1)),
            ("observed", .number()),
            ("usual", .number()), ("sentence", .text), ("opened_at", .instant), ("acknowledged_at", .instant),
            ("acknowledged_by", .text), ("resolved_at", .instant), ("resolved_by", .text), ("probed_at", .instant),
            ("probe", .choice(["settled", "unclear"])),
            ("state", .choice(["open", "acknowledged", "resolved"])),
        ],
        optional: [
            "id", "device", "probability", "observed", "usual", "acknowledged_at", "acknowledged_by", "resolved_at",
            "resolved_by", "probed_at", "probe",
        ])
}
