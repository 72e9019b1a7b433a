import Metering
import Yams

/// A value of a YAML file that knows its place, so that a fault can name it.
struct YAMLValue {
    let node: Node

    /// - Throws: ``TariffFault`` when the text is not YAML.
    init(yaml: String) throws {
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                throw TariffFault(line: 0, column: 0, message: "the tariff file is empty")
            }
            self.node = node
        } catch let error as YamlError {
            throw TariffFault(error)
        }
    }

    init(node: Node) {
        self.node = node
    }

    func fault(_ message: String) -> TariffFault {
        TariffFault(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, message: message)
    }

    var isList: Bool { node.sequence != nil }
    var isTable: Bool { node.mapping != nil }
    /// Whether nothing is written here, or `null`.
    var isNull: Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    func text() throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw fault("a single value is expected here") }
        return text
    }

    func list() throws -> [YAMLValue] {
        guard let sequence = node.sequence else { throw fault("a list is expected here") }
        return sequence.map(YAMLValue.init(node:))
    }

    func entries() throws -> [(key: YAMLValue, value: YAMLValue)] {
        guard let mapping = node.mapping else { throw fault("a table of names and values is expected here") }
        return mapping.map { (YAMLValue(node: $0.key), YAMLValue(node: $0.value)) }
    }

    /// The value of a key; nil when it is absent or null.
    func optional(_ key: String) throws -> YAMLValue? {
        try entries().first { $0.key.node.scalar?.string == key }.map(\.value).flatMap { $0.isNull ? nil : $0 }
    }

    func value(_ key: String) throws -> YAMLValue {
        guard let value = try optional(key) else { throw fault("'\(key)' is missing here") }
        return value
    }

    /// The only one of these keys that is there.
    func onlyOne(of keys: [String]) throws -> (key: String, value: YAMLValue) {
        let given = try keys.compactMap { key in try optional(key).map { (key, $0) } }
        guard given.count == 1, let only = given.first else { throw fault(Self.exactlyOne(keys)) }
        return only
    }

    static func exactlyOne(_ keys: [String]) -> String {
        "exactly one of \(keys.joined(separator: ", ")) is expected here"
    }
}

extension YAMLValue {
    func rate() throws -> Rate {
        guard let rate = Rate(try text()) else { throw fault("'\(try text())' is not a decimal number like \"3.35\"") }
        return rate
    }

    func whole(in range: ClosedRange<Int>) throws -> Int {
        guard let number = Int(try text()), range.contains(number) else {
            throw fault("a whole number from \(range.lowerBound) to \(range.upperBound) is expected here")
        }
        return number
    }

    func date() throws -> LocalDate {
        guard let date = LocalDate(try text()) else { throw fault("'\(try text())' is not a date like 2025-04-01") }
        return date
    }

    func boolean() throws -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw fault("true or false is expected here")
        }
    }

    /// One of the words that a type is made from.
    func word<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) throws -> Word {
        guard let word = Word(rawValue: try text()) else {
            throw fault(Self.unknownWord(try text(), Word.allCases.map(\.rawValue)))
        }
        return word
    }

    static func unknownWord(_ word: String, _ known: [String]) -> String {
        "'\(word)' is not one of \(known.joined(separator: ", "))\(known.hint(for: word))"
    }

    func rounding() throws -> Rounding {
        let step = try value("to")
        guard try step.rate() > .zero else { throw step.fault("a rounding step is greater than zero") }
        return Rounding(to: try step.rate(), try value("mode").word(Rounding.Mode.self))
    }
}

extension TariffFault {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(line: mark.line, column: mark.column, message: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            let message = "'\(names.joined(separator: "', '"))' stands twice in the table here"
            self.init(line: context.mark.line, column: context.mark.column, message: message)
        default:
            self.init(line: 0, column: 0, message: "not YAML: \(error)")
        }
    }
}
