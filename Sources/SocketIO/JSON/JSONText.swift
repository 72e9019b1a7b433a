import Foundation

/// A JSON value kept as it was written.
///
/// What goes through the server unread leaves it as it came: no number changes its spelling.
package struct JSONText: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// Takes `text` if all of it is one JSON value.
    package init?(_ text: some StringProtocol) {
        var scanner = JSONScanner(text)
        guard scanner.isValue() else { return nil }
        self.text = String(text)
    }

    /// The JSON of `value`, its keys in order.
    package init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    init(unchecked text: String) {
        self.text = text
    }

    package static let emptyObject = JSONText(unchecked: "{}")

    /// A JSON string that means `string`.
    package static func string(_ string: String) -> JSONText {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case let control where control.value < 0x20:
                let digits = String(control.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return JSONText(unchecked: text + "\"")
    }

    package var description: String { text }

    package var isObject: Bool { text.first(where: { !$0.isWhitespace }) == "{" }

    /// The values of an array; nil when it is none.
    package var elements: [JSONText]? {
        var scanner = JSONScanner(text)
        return scanner.elements()?.map(JSONText.init(unchecked:))
    }

    package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
