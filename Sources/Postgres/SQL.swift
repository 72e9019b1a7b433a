/// A statement whose interpolated values are bound as parameters and never become part of its text.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    fileprivate enum Piece: Sendable {
        case text(String)
        case parameter(any PostgresValue)
    }

    private let pieces: [Piece]

    package init(stringLiteral text: String) {
        pieces = [.text(text)]
    }

    package init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
    }

    /// The text with `$1`, `$2` … in the places of the parameters, and the parameters in that order.
    var bound: (text: String, parameters: [any PostgresValue]) {
        var text = ""
        var parameters: [any PostgresValue] = []
        for piece in pieces {
            switch piece {
            case .text(let more):
                text += more
            case .parameter(let value):
                parameters.append(value)
                text += "$\(parameters.count)"
            }
        }
        return (text, parameters)
    }

    package struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            pieces.append(.text(literal))
        }

        package mutating func appendInterpolation(_ value: some PostgresValue) {
            pieces.append(.parameter(value))
        }

        /// Nil is NULL.
        package mutating func appendInterpolation(_ value: (some PostgresValue)?) {
            pieces.append(.parameter(value))
        }

        /// Puts another statement in this place, with its parameters.
        package mutating func appendInterpolation(_ sql: SQL) {
            pieces.append(contentsOf: sql.pieces)
        }
    }
}
