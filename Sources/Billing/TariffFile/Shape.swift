/// What may stand at a place of a tariff file; the published schema is written from it, and files are checked by it.
indirect enum Shape: Sendable {
    case text
    case format(TextFormat)
    case whole(ClosedRange<Int>)
    case boolean
    case word([String])
    case list(Shape, least: Int)
    /// Known keys; of each group exactly one.
    case table([Field], exactlyOne: [[String]] = [])
    /// Any names, each written in the format; those of `words` have a text.
    case names(TextFormat?, Shape, words: [String] = [])
    /// What may be written in several ways: as a single value, a list or a table.
    case any([Shape])
    /// A shape with a name.
    case named(String)
    case null

    struct Field: Sendable {
        let key: String
        let shape: Shape
        let isRequired: Bool
        let about: String?
    }
}

extension Shape.Field {
    static func required(_ key: String, _ shape: Shape, _ about: String? = nil) -> Shape.Field {
        Shape.Field(key: key, shape: shape, isRequired: true, about: about)
    }

    static func optional(_ key: String, _ shape: Shape, _ about: String? = nil) -> Shape.Field {
        Shape.Field(key: key, shape: shape, isRequired: false, about: about)
    }
}

extension Shape {
    enum Kind {
        case single, list, table
    }

    func kind(in definitions: [String: Shape]) -> Kind {
        switch self {
        case .text, .format, .whole, .boolean, .word, .null: .single
        case .list: .list
        case .table, .names: .table
        case .any: .single
        case .named(let name): definitions[name]?.kind(in: definitions) ?? .single
        }
    }
}
