/// Why a secret cannot be made, kept or asked for.
package struct SecretsError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// The system lacks what is needed: random numbers, memory, a terminal.
        case unavailable
        /// The person gave up.
        case interrupted
    }

    package let kind: Kind
    package let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
