import Postgres

/// Why stored values cannot be used.
package struct StoreError: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// What was asked for is not there.
        case absent
        /// A stored value is not what this version writes.
        case unreadable
        /// It is there already.
        case conflict
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String { message }
}

extension StoreError {
    /// What `body` gives.
    ///
    /// - Throws: an error of kind `conflict` with this message when `body` was to store what is there already.
    static func onDuplicate<Value>(_ message: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as PostgresError where error.kind == .refused(sqlState: "23505") {
            throw StoreError(.conflict, message)
        }
    }
}
