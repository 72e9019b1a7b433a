/// How one kind of thing is told: in which words, how gravely, and how often.
package struct Notice: Hashable, Sendable {
    /// A few words for a list.
    package let title: String
    package let unit: NoticeUnit
    /// Seconds after an alert was resolved in which the same condition opens none.
    package let coolDown: Double
    /// Seconds that the condition must be gone before its alert is resolved.
    package let resolveAfter: Double
    private let severity: NoticeSeverity
    /// From so many percent of a limit on.
    private let severityFrom: [Int: NoticeSeverity]
    private let now: String?
    private let nowBelow: String?
    private let past: String?

    /// How soon a person should look.
    ///
    /// - Parameter percent: of a limit, that is reached; nothing for another kind.
    package func severity(at percent: Int = 0) -> NoticeSeverity {
        severityFrom.filter { $0.key <= percent }.max { $0.key < $1.key }?.value ?? severity
    }

    /// Whether it is told while it goes on, as an alert.
    package var isAlert: Bool { now != nil }

    /// Whether it is told of the past days, as a finding.
    package var isFinding: Bool { past != nil }

    /// One plain sentence or two of what goes on.
    ///
    /// - Parameters:
    ///   - isBelow: the figure seen lies below the usual one.
    ///   - figures: texts for the places in braces, by name: `who`, `device`, `observed`, `usual`, `share`.
    package func nowText(isBelow: Bool = false, _ figures: [String: String]) -> String {
        ((isBelow ? nowBelow : nil) ?? now ?? title + ".").filled(figures)
    }

    /// One plain sentence or two of what the past days brought.
    ///
    /// - Parameter figures: texts for the places in braces, by name: `observed`, `usual`.
    package func pastText(_ figures: [String: String]) -> String {
        (past ?? title + ".").filled(figures)
    }
}

extension Notice: Decodable {
    private enum CodingKeys: String, CodingKey {
        case title, severity, unit, now, past
        case severityFrom = "severity-from"
        case coolDown = "cool-down"
        case resolveAfter = "resolve-after"
        case nowBelow = "now-below"
    }

    package init(from decoder: any Decoder) throws {
        let entry = try decoder.container(keyedBy: CodingKeys.self)
        title = try entry.decode(String.self, forKey: .title)
        unit = try entry.decode(NoticeUnit.self, forKey: .unit)
        now = try entry.decodeIfPresent(String.self, forKey: .now)
        nowBelow = try entry.decodeIfPresent(String.self, forKey: .nowBelow)
        past = try entry.decodeIfPresent(String.self, forKey: .past)
        // Only what goes on can end and come back.
        coolDown = now == nil ? 0 : try entry.decode(Double.self, forKey: .coolDown)
        resolveAfter = now == nil ? 0 : try entry.decode(Double.self, forKey: .resolveAfter)
        severity = try entry.decode(NoticeSeverity.self, forKey: .severity)
        severityFrom = try entry.decodeIfPresent([Int: NoticeSeverity].self, forKey: .severityFrom) ?? [:]
    }
}
