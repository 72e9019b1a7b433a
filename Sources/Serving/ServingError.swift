/// Why something could not be served.
package struct ServingError: Error, Equatable, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// A certificate or key is missing, unreadable or does not fit the other.
        case certificate
        /// The peer left before its first request.
        case connectionClosed
    }

    package let kind: Kind
    package let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
