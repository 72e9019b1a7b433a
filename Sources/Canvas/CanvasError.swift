/// Why a picture cannot be drawn or written.
package struct CanvasError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Width or height is not one a picture can have.
        case badSize
        /// The drawing library refused.
        case drawing
        /// The picture cannot be packed.
        case encoding
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension CanvasError: CustomStringConvertible {
    package var description: String { message }
}
