/// A JSON value whose objects keep their order.
package indirect enum JSONValue: Hashable, Sendable {
    case text(String)
    case whole(Int)
    case boolean(Bool)
    case null
    case list([JSONValue])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue {
    /// The value as JSON text, two spaces for each depth; ends without a newline.
    package var jsonText: String {
        var text = ""
        write(to: &text, indent: "")
        return text
    }

    private func write(to text: inout String, indent: String) {
        switch self {
        case .text(let string): text += Self.quoted(string)
        case .whole(let number): text += String(number)
        case .boolean(let flag): text += flag ? "true" : "false"
        case .null: text += "null"
        case .list(let values): write(values.map { ("", $0) }, between: ("[", "]"), to: &text, indent: indent)
        case .object(let members):
            write(
                members.map { (Self.quoted($0.name) + ": ", $0.value) }, between: ("{", "}"), to: &text, indent: indent)
        }
    }

    private func write(
        _ entries: [(String, JSONValue)], between brackets: (String, String), to text: inout String, indent: String
    ) {
        text += brackets.0
        for (index, (label, value)) in entries.enumerated() {
            text += index == 0 ? "\n" : ",\n"
            text += indent + "  " + label
            value.write(to: &text, indent: indent + "  ")
        }
        text += entries.isEmpty ? brackets.1 : "\n" + indent + brackets.1
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case let control where control.value < 0x20:
                let digits = String(control.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
