/// Something that the account must or may tell before a bill can be made.
package struct TariffInput: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case choice([String])
        case decimal
        case boolean
    }

    package let name: String
    package let kind: Kind
    /// What is taken when the account does not tell; nil when it must, or when nothing may take its place.
    package let preset: String?
    /// Whether a bill can be made without it: conditions on it then do not hold.
    package let isOptional: Bool
    /// What it means, for people.
    package let about: String?

    /// Whether `value` is one of the input's.
    package func accepts(_ value: String) -> Bool {
        switch kind {
        case .choice(let values): values.contains(value)
        case .decimal: Rate(value) != nil
        case .boolean: value == "true" || value == "false"
        }
    }

    /// `single or three`, `a decimal number`, `true or false`.
    package var valuesInWords: String {
        switch kind {
        case .choice(let values): values.joined(separator: " or ")
        case .decimal: "a decimal number"
        case .boolean: "true or false"
        }
    }
}
