package import Foundation

/// A table of commas, one line a record, whose columns are found by the names in its first line; gone through once.
///
/// Holds one line at a time, however long the file is. An empty field is nil.
package struct NamedColumns: ~Copyable {
    private var reader: LineReader
    private let path: String
    private let places: [Int]
    private let names: [String]
    private let width: Int
    private var line: Line
    private var times = TimeField(zone: .gmt)

    /// - Parameters:
    ///   - path: of the file, plain or gzip.
    ///   - names: of the columns wanted; later they are asked for by their number in this list.
    /// - Throws: ``ImportError`` when one of them is not there; ``GzipError`` when the file cannot be read.
    package init(path: String, names: [String]) throws {
        var reader = try LineReader(path: path)
        guard let first = try reader.next() else { throw ImportError(.header, "\(path) is empty") }
        let line = Line(number: 1, bytes: first, separator: Self.comma)
        let found = line.fields.indices.map(line.text)
        let missing = names.filter { !found.contains($0) }
        guard missing.isEmpty else {
            throw ImportError(
                .header,
                "\(path), line 1: no column is named \(missing.joined(separator: ", ")) (there are: "
                    + "\(found.joined(separator: ", ")))")
        }
        self.reader = reader
        self.line = line
        places = names.compactMap(found.firstIndex)
        width = found.count
        self.path = path
        self.names = names
    }

    private static let comma = UInt8(ascii: ",")

    /// Goes on to the next record.
    ///
    /// - Returns: false after the last.
    /// - Throws: ``ImportError`` for a line with fewer fields than the first.
    package mutating func next() throws -> Bool {
        while let bytes = try reader.next() {
            line = Line(number: line.number + 1, bytes: bytes, separator: Self.comma, expecting: width)
            if bytes.isEmpty { continue }
            guard line.fields.count == width else {
                throw ImportError(
                    .readings, "\(path), line \(line.number): \(line.fields.count) fields where \(width) are named")
            }
            return true
        }
        return false
    }

    package func text(_ column: Int) -> String {
        line.text(places[column])
    }

    /// Whether the column has the same text as `other`; cheaper than making a text.
    package func isSame(_ column: Int, as other: String) -> Bool {
        line[places[column]].elementsEqual(other.utf8)
    }

    /// - Throws: ``ImportError`` for anything but a number or nothing.
    package func number(_ column: Int) throws -> Double? {
        let field = line[places[column]]
        guard !field.isEmpty else { return nil }
        guard let decimal = Decimal(field) else { throw fault(column, "is no number") }
        return decimal.approximate
    }

    /// As `YYYY-MM-DD HH:MM:SS` without a zone is: taken as UTC, so that it is written again as it was read.
    ///
    /// - Throws: ``ImportError`` for anything but a time.
    package mutating func time(_ column: Int) throws -> Date {
        guard case .instant(let instant) = times.value(line[places[column]]) else {
            throw fault(column, "is no time")
        }
        return instant
    }

    private func fault(_ column: Int, _ reason: String) -> ImportError {
        ImportError(.readings, "\(path), line \(line.number): \(names[column]) '\(text(column))' \(reason)")
    }
}
