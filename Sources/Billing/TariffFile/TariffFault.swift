/// One thing wrong in a tariff file, with its place.
package struct TariffFault: Error, Hashable, Comparable, Sendable {
    /// From 1; 0 where the file as a whole is meant.
    package let line: Int
    package let column: Int
    package let message: String

    package static func < (left: TariffFault, right: TariffFault) -> Bool {
        (left.line, left.column, left.message) < (right.line, right.column, right.message)
    }
}

extension TariffFault: CustomStringConvertible {
    /// `line 3, column 11: a currency is three capital letters`.
    package var description: String {
        line > 0 ? "line \(line), column \(column): \(message)" : message
    }
}
