/// How soon a person should look.
package enum Severity: Int, Comparable, Codable, Sendable {
    /// Worth a line on the page.
    case notice
    /// Worth a message.
    case warning
    /// Worth a message at night.
    case urgent

    package static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
    }
}
