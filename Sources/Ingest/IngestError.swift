/// Why readings were not taken; what a device or its owner is told.
package struct IngestError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// The body is not JSON.
        case malformed
        /// A field has a value that cannot be true.
        case invalid
        /// A field that must be there is not.
        case missing
        /// More readings at once than one request may bring.
        case tooMany = "too_many"
        /// Nothing more can be kept at the moment; the same may be sent again.
        case full
        /// The register's meter is not one of the device's.
        case unknownMeter = "unknown_meter"
    }

    package let kind: Kind
    /// The field that is to blame, as it is spelt in the body.
    package let field: String?
    package let message: String

    package init(_ kind: Kind, field: String? = nil, _ message: String) {
        self.kind = kind
        self.field = field
        self.message = message
    }

    package var description: String { message }
}
