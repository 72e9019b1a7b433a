/// The JSON Schema (2020-12) of tariff files, written from the same shape that files are checked by.
package enum TariffSchema {
    /// The text of the published file.
    package static var text: String {
        guard case .object(let root) = schema(of: TariffShape.root) else { return "" }
        let head = [
            JSONValue.Member("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
            JSONValue.Member("title", .text("WattBuddy tariff, format 1")),
        ]
        let definitions = TariffShape.definitions.sorted { $0.key < $1.key }.map {
            JSONValue.Member($0.key, schema(of: $0.value))
        }
        return JSONValue.object(head + root + [JSONValue.Member("$defs", .object(definitions))]).jsonText + "\n"
    }

    private static func schema(of shape: Shape) -> JSONValue {
        switch shape {
        case .text: typed("string", "number", "boolean")
        case .format(.decimal): decimal
        case .format(let format): .object([.init("type", .text("string")), .init("pattern", .text(format.pattern))])
        case .whole(let range):
            .object([
                .init("type", .text("integer")), .init("minimum", .whole(range.lowerBound)),
                .init("maximum", .whole(range.upperBound)),
            ])
        case .boolean: typed("boolean")
        case .word(["1"]): .object([.init("const", .whole(1))])
        case .word(let words): .object([.init("enum", .list(words.map(JSONValue.text)))])
        case .list(let shape, let least):
            .object([
                .init("type", .text("array")), .init("items", schema(of: shape)), .init("minItems", .whole(least)),
            ])
        case .table(let fields, let groups): table(fields, groups)
        case .names(let format, let shape, let words): names(format, shape, words)
        case .any(let shapes): .object([.init("anyOf", .list(shapes.map(schema)))])
        case .named(let name): .object([.init("$ref", .text("#/$defs/\(name)"))])
        case .null: typed("null")
        }
    }

    private static func typed(_ names: String...) -> JSONValue {
        .object([.init("type", names.count == 1 ? .text(names[0]) : .list(names.map(JSONValue.text)))])
    }

    /// Text keeps every digit; a plain number may be written where tools keep it.
    private static var decimal: JSONValue {
        let text = JSONValue.object([
            .init("type", .text("string")), .init("pattern", .text(TextFormat.decimal.pattern)),
        ])
        return .object([.init("anyOf", .list([text, typed("number")]))])
    }

    private static func names(_ format: TextFormat?, _ shape: Shape, _ words: [String]) -> JSONValue {
        var members: [JSONValue.Member] = [.init("type", .text("object")), .init("minProperties", .whole(1))]
        if let format { members.append(.init("propertyNames", .object([.init("pattern", .text(format.pattern))]))) }
        if !words.isEmpty { members.append(.init("properties", .object(words.map { .init($0, typed("string")) }))) }
        return .object(members + [.init("additionalProperties", schema(of: shape))])
    }

    private static func table(_ fields: [Shape.Field], _ groups: [[String]]) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", .text("object")), .init("additionalProperties", .boolean(false)),
        ]
        let required = fields.filter(\.isRequired).map { JSONValue.text($0.key) }
        if !required.isEmpty { members.append(.init("required", .list(required))) }
        members.append(.init("properties", .object(fields.map { .init($0.key, described($0)) })))
        if let group = groups.first {
            let choices = group.map { JSONValue.object([.init("required", .list([.text($0)]))]) }
            members.append(.init("oneOf", .list(choices)))
        }
        return .object(members)
    }

    private static func described(_ field: Shape.Field) -> JSONValue {
        guard let about = field.about, case .object(let members) = schema(of: field.shape) else {
            return schema(of: field.shape)
        }
        return .object([.init("description", .text(about))] + members)
    }
}
