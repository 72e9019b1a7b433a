/// How soon a person should look; raw values as they are stored and sent.
package enum NoticeSeverity: String, CaseIterable, Codable, Comparable, Sendable {
    /// Worth a line on the page.
    case info
    /// Worth a message by day.
    case warning
    /// Worth a message at night.
    case critical

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }

    package static func < (left: NoticeSeverity, right: NoticeSeverity) -> Bool {
        left.rank < right.rank
    }
}
