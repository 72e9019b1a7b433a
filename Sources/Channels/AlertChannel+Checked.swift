package import Control
package import Notices
import Transfer

extension AlertChannel {
    /// A channel whose target is one.
    ///
    /// - Throws: ``TransferError`` of kind `badLetter`, which names what is wrong with the target.
    package init(checking target: String, as kind: Kind, least: NoticeSeverity) throws {
        switch kind {
        case .mail:
            guard Letter.isAddress(target) else {
                throw TransferError(.badLetter, "'\(target)' is not a mail address")
            }
        case .webhook: _ = try HTTPPost(url: target, token: nil)
        case .ntfy: _ = try NtfyPlace(target)
        }
        self.init(kind: kind, target: target, least: least)
    }
}
