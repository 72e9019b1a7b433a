/// Why a tariff cannot be read or a bill cannot be made.
package struct BillingError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// The tariff file is wrong at a place.
        case badTariff
        /// No version is in force.
        case noVersion
        /// The household did not tell what the tariff asks.
        case missingInput
        /// The figures do not fit.
        case outOfRange
        /// A receipt cannot be read.
        case badReceipt
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension BillingError: CustomStringConvertible {
    package var description: String { message }
}
