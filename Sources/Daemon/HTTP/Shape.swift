/// The shape of a JSON value, for the description of the interface (JSON Schema 2020-12, as OpenAPI 3.1 uses it).
indirect enum Shape: Sendable {
    case text
    case boolean
    /// A whole number within bounds.
    case integer(ClosedRange<Int>? = nil)
    case number(ClosedRange<Double>? = nil)
    case choice([String])
    /// A number of milliseconds since 1970.
    case instant
    case list(Shape)
    /// Members by name; those in `optional` may be left out.
    case object([(String, Shape)], optional: Set<String> = [])
    /// It, or null.
    case nullable(Shape)
    case oneOf([Shape])
    case anything

    /// As a tree for `JSONSerialization`.
    var schema: [String: Any] {
        switch self {
        case .text: return ["type": "string"]
        case .boolean: return ["type": "boolean"]
        case .integer(let range):
            return range.map { ["type": "integer", "minimum": $0.lowerBound, "maximum": $0.upperBound] } ?? [
                "type": "integer"
            ]
        case .number(let range):
            return range.map { ["type": "number", "minimum": $0.lowerBound, "maximum": $0.upperBound] } ?? [
                "type": "number"
            ]
        case .choice(let words): return ["type": "string", "enum": words]
        case .instant: return ["type": "integer", "format": "int64", "description": "Milliseconds since 1970, UTC."]
        case .list(let item): return ["type": "array", "items": item.schema]
        case .object(let members, let optional):
            let properties = Dictionary(uniqueKeysWithValues: members.map { ($0.0, $0.1.schema as Any) })
            let required = members.map(\.0).filter { !optional.contains($0) }
            return ["type": "object", "properties": properties, "required": required]
        case .nullable(let shape): return ["anyOf": [shape.schema, ["type": "null"]]]
        case .oneOf(let shapes): return ["oneOf": shapes.map(\.schema)]
        case .anything: return [:]
        }
    }
}
