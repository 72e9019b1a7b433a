/// A small table whose first line names its columns, read line by line; the first fault ends it.
struct DailyColumns: ~Copyable {
    private let path: String
    private let names: [String]
    private let places: [Int]
    private let width: Int
    private var reader: LineReader
    private(set) var number = 1

    /// - Parameter names: the columns wanted; others may stand between them.
    /// - Throws: ``ImportError`` when one is missing; ``GzipError`` when the file cannot be read.
    init(path: String, names: [String]) throws {
        var reader = try LineReader(path: path)
        let bytes = try reader.next() ?? []
        let unmarked = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        let header = Line(number: 1, bytes: unmarked, separator: UInt8(ascii: ","))
        let found = header.fields.indices.map(header.text)
        places = try names.map { name in
            guard let place = found.firstIndex(of: name) else {
                throw ImportError(
                    .header,
                    "\(path): line 1: there is no column '\(name)' (there are: \(found.joined(separator: ", ")))")
            }
            return place
        }
        width = found.count
        self.path = path
        self.names = names
        self.reader = reader
    }

    /// The next line that is not empty; nil after the last.
    mutating func next() throws -> Line? {
        while let bytes = try reader.next() {
            number += 1
            guard !bytes.isEmpty else { continue }
            let line = Line(number: number, bytes: bytes, separator: UInt8(ascii: ","), expecting: width)
            guard line.fields.count == width else {
                throw ImportError(
                    .line, "\(path): line \(number): \(line.fields.count) fields where the header has \(width)")
            }
            return line
        }
        return nil
    }

    /// The text of a column, by its place among the names wanted.
    func text(_ column: Int, of line: Line) throws -> String {
        let text = line.text(places[column])
        guard !text.isEmpty else { throw fault(column, "is empty") }
        return text
    }

    func isEmpty(_ column: Int, of line: Line) -> Bool {
        line[places[column]].isEmpty
    }

    /// The number of a column.
    func number(_ column: Int, of line: Line) throws -> Double {
        guard let number = Decimal(line[places[column]])?.approximate, number.isFinite else {
            throw fault(column, "'\(line.text(places[column]))' is not a number")
        }
        return number
    }

    /// What is wrong with a column of the line read last.
    func fault(_ column: Int, _ reason: String) -> ImportError {
        ImportError(.line, "\(path): line \(number): \(names[column]): \(reason)")
    }
}
