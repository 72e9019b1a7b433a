/// Why something could not be sent.
package struct TransferError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// It certainly did not go out; a later try may do.
        case unavailable
        /// The receiver will never take it.
        case refused
        /// It may have gone out: the answer was lost.
        case uncertain
        /// What was to be sent is not allowed to be sent so.
        case badLetter
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
