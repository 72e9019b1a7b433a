import Control
import Foundation

/// A message as a program takes it.
struct WebhookBody: Encodable {
    let event: String
    let household: String
    let title: String
    let text: String
    let link: String?
    let alert: Int64?
    let device: Int64?
    let kind: String
    let severity: String
    let socket: String
    let probability: Double?
    let observed: Double?
    let usual: Double?
    let sentence: String
    /// Milliseconds since 1970, as everywhere in the interface.
    let opened_at: Int64
    let resolved_at: Int64?

    init(_ message: AlertMessage, link: String?) {
        let (told, condition) = (message.alert, message.alert.condition)
        event = message.event.rawValue
        household = message.home
        title = message.title
        text = message.text
        self.link = link
        alert = told.id
        device = condition.key.device
        kind = condition.key.kind.rawValue
        severity = condition.severity.rawValue
        socket = told.socket.rawValue
        probability = told.probability
        observed = condition.observed
        usual = condition.usual
        sentence = told.sentence
        opened_at = Self.milliseconds(told.openedAt)
        resolved_at = told.resolvedAt.map(Self.milliseconds)
    }

    private static func milliseconds(_ instant: Date) -> Int64 {
        Int64((instant.timeIntervalSince1970 * 1000).rounded())
    }
}
