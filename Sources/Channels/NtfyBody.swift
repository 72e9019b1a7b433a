import Control
import Notices

/// A message as a server of ntfy takes it (docs.ntfy.sh, "Publish as JSON").
struct NtfyBody: Encodable {
    /// A button under the message.
    struct Action: Encodable {
        let action = "view"
        let label: String
        let url: String
    }

    let topic: String
    let title: String
    let message: String
    /// 3 is the usual one, 5 the highest.
    let priority: Int
    let tags: [String]
    let click: String?
    let actions: [Action]?

    init(_ told: AlertMessage, topic: String, link: String?) {
        self.topic = topic
        title = told.title
        message = told.text
        let isOver = told.event == .resolved
        switch told.alert.condition.severity {
        case _ where isOver: priority = 3
        case .info: priority = 3
        case .warning: priority = 4
        case .critical: priority = 5
        }
        tags = [isOver ? "white_check_mark" : "zap"]
        click = link
        actions = link.map { [Action(label: NoticePhrase.openLivePage.text(), url: $0)] }
    }
}
