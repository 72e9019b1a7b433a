/// Why something was not switched.
package struct ControlError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A person holds the socket open until a person releases it.
        case cutOff
        /// The socket is on the list of those that are never switched off.
        case neverCut
        /// The order would hold for too short or too long a time.
        case lifetime
        /// There is no such alert that is still open.
        case noOpenAlert
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension ControlError: CustomStringConvertible {
    package var description: String { message }
}
