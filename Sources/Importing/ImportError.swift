/// Why nothing can be taken from a file.
package struct ImportError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The header does not say what is needed.
        case header
        /// Who is measured is neither in the file nor told.
        case household
        /// Which meter is meant is not told, or it is not there.
        case meter
        /// A line says what cannot be.
        case line
        /// No line has a reading.
        case readings
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension ImportError: CustomStringConvertible {
    package var description: String { message }
}
