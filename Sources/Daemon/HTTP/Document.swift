/// A JSON value written as a literal, for answers that one place makes and no other reads.
enum Document: Encodable, Sendable {
    case text(String)
    case number(Double)
    case integer(Int64)
    case boolean(Bool)
    case list([Document])
    case object([String: Document])
    case null

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .integer(let integer): try container.encode(integer)
        case .boolean(let boolean): try container.encode(boolean)
        case .list(let list): try container.encode(list)
        case .object(let members): try container.encode(members)
        case .null: try container.encodeNil()
        }
    }

    /// A number that is always there: zero where it is not known, for readers that take no null.
    static func sure(_ value: Double?) -> Document { .number(value ?? 0) }

    static func maybe(_ text: String?) -> Document { text.map(Document.text) ?? .null }
    static func maybe(_ number: Double?) -> Document { number.map(Document.number) ?? .null }
}

extension Document: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    init(stringLiteral text: String) { self = .text(text) }
    init(floatLiteral number: Double) { self = .number(number) }
    init(integerLiteral integer: Int64) { self = .integer(integer) }
    init(booleanLiteral boolean: Bool) { self = .boolean(boolean) }
}

extension Document: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral members: (String, Document)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }

    init(arrayLiteral items: Document...) { self = .list(items) }
}
