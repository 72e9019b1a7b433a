/// Names that people give to things and read in lists.
enum PlainName {
    /// Whether it is 1 to 64 characters on one line, without blanks at the ends.
    static func isOne(_ text: String) -> Bool {
        guard (1...64).contains(text.count), text.first?.isWhitespace == false, text.last?.isWhitespace == false else {
            return false
        }
        return !text.contains(where: \.isNewline)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension Device {
    /// Whether a device, or a socket of one, may be called so: 1 to 64 characters on one line.
    package static func isName(_ text: String) -> Bool {
        PlainName.isOne(text)
    }
}

extension Person {
    /// Whether a person may be called so: 1 to 64 characters on one line, without the @ that marks a mail address.
    package static func isName(_ text: String) -> Bool {
        PlainName.isOne(text) && !text.contains("@")
    }
}
