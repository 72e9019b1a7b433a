package import Notices

/// A way by which a household is told of its alerts when nobody looks at a page.
package struct AlertChannel: Hashable, Sendable {
    /// Raw values as they are kept.
    package enum Kind: String, CaseIterable, Sendable {
        /// To an address.
        case mail
        /// JSON, posted to an address of the web.
        case webhook
        /// A push message by a server of ntfy; the target is `https://server/topic`.
        case ntfy
    }

    package let kind: Kind
    package let target: String
    /// What is less grave is not told here.
    package let least: NoticeSeverity

    package init(kind: Kind, target: String, least: NoticeSeverity) {
        self.kind = kind
        self.target = target
        self.least = least
    }
}
