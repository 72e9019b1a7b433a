package import Metering

/// Dates in tests are written as they are read: `"2025-03-30"`.
extension LocalDate: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        guard let date = LocalDate(text) else { preconditionFailure("not a date: \(text)") }
        self = date
    }
}
