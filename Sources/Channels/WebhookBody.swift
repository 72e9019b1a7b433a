import Control

/// A message as a program takes it.
struct WebhookBody: Encodable {
    let event: String
    let household: String
    let title: String
    let text: String
    let link: String?
    let alert: AlertView

    init(_ message: AlertMessage, link: String?) {
        event = message.event.rawValue
        household = message.home
        title = message.title
        text = message.text
        self.link = link
        alert = AlertView(message.alert)
    }
}
