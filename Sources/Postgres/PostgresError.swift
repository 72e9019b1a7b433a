/// What PostgreSQL or its library refused, or what could not be read from its answer.
package struct PostgresError: Error, Sendable {
    package enum Kind: Hashable, Sendable {
        /// No connection can be had, or it was lost: try again later.
        case unavailable
        /// The server refused the statement; the code is the SQLSTATE.
        case refused(sqlState: String)
        /// A value of the answer is not of the type that was asked for.
        case undecodable
        /// The private cluster cannot be made or started.
        case cluster
    }

    package let kind: Kind
    package let message: String
    /// The statement, shortened; never a parameter's value.
    package let statement: String?

    package init(_ kind: Kind, _ message: String, statement: String? = nil) {
        self.kind = kind
        self.message = message.trimmingSuffix(while: \.isWhitespace)
        self.statement = statement.map { $0.count > 200 ? $0.prefix(200) + "…" : $0 }
    }
}

extension PostgresError {
    /// Whether the same statement may succeed later: no connection, a server that stops, is full or cannot write now.
    package var isAway: Bool {
        switch kind {
        case .unavailable: true
        // The classes of SQLSTATE: connection, transaction state, rollback, resources, intervention, system.
        case .refused(let state): ["08", "25", "40", "53", "57", "58"].contains(state.prefix(2))
        case .undecodable, .cluster: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        statement.map { "\(message) (in: \($0))" } ?? message
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return String(text)
    }
}
