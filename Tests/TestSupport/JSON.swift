package import Foundation

/// A JSON value as a test looks into it: what is not there is null.
package enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    package init(_ bytes: Data) throws {
        self = try JSONDecoder().decode(JSON.self, from: bytes)
    }

    package init(_ text: String) throws {
        try self.init(Data(text.utf8))
    }

    package subscript(name: String) -> JSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    package subscript(index: Int) -> JSON {
        list.indices.contains(index) ? list[index] : .null
    }

    package var list: [JSON] { if case .list(let items) = self { items } else { [] } }
    package var names: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var number: Double? { if case .number(let number) = self { number } else { nil } }
    package var boolean: Bool? { if case .boolean(let boolean) = self { boolean } else { nil } }
    /// Nil for a number that is not whole.
    package var integer: Int64? { number.flatMap { Int64(exactly: $0) } }
    package var isNull: Bool { self == .null }
}

extension JSON: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        func value<Value: Decodable>(_ type: Value.Type) throws -> Value? {
            do { return try container.decode(type) } catch DecodingError.typeMismatch { return nil }
        }
        if container.decodeNil() {
            self = .null
        } else if let boolean = try value(Bool.self) {
            self = .boolean(boolean)
        } else if let number = try value(Double.self) {
            self = .number(number)
        } else if let text = try value(String.self) {
            self = .text(text)
        } else if let list = try value([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral integer: Int) { self = .number(Double(integer)) }
    package init(floatLiteral number: Double) { self = .number(number) }
    package init(booleanLiteral boolean: Bool) { self = .boolean(boolean) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral items: JSON...) { self = .list(items) }
    package init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
}
