/// How grave a finding is: what orders a page's list.
package enum FindingGravity: Int, Comparable, Sendable {
    /// Good to know.
    case notice
    /// Worth looking into.
    case warning
    /// Figures or things are at risk.
    case urgent

    package static func < (left: FindingGravity, right: FindingGravity) -> Bool {
        left.rawValue < right.rawValue
    }
}
