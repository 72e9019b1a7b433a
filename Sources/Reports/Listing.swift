/// Rows of figures for a person, a spreadsheet or a program.
package struct Listing: Hashable, Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case table, csv, json
    }

    package enum Cell: Hashable, Sendable {
        case text(String)
        /// Digits that stand as they are.
        case number(String)
        case empty
    }

    package let columns: [String]
    package let rows: [[Cell]]

    /// With a line end after each row.
    package func text(as format: Format) -> String {
        switch format {
        case .csv: csv
        case .json: json
        case .table: table
        }
    }

    private var csv: String {
        lines(([columns] + rows.map { $0.map(\.content) }).map { $0.joined(separator: ",") })
    }

    private var json: String {
        let objects = rows.map { row in
            "  {" + zip(columns, row).map { "\"\($0)\": \($1.json)" }.joined(separator: ", ") + "}"
        }
        return rows.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    }

    private var table: String {
        let cells = [columns] + rows.map { $0.map(\.content) }
        let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        let areNumbers = columns.indices.map { column in
            rows.allSatisfy { if case .text = $0[column] { false } else { true } }
        }
        return lines(
            cells.map { row in
                let padded = row.indices.map { column in
                    let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                    return areNumbers[column] ? blanks + row[column] : row[column] + blanks
                }
                let line = padded.joined(separator: "  ")
                return String(line.reversed().drop { $0 == " " }.reversed())
            })
    }

    private func lines(_ lines: [String]) -> String {
        lines.map { $0 + "\n" }.joined()
    }
}

extension Listing.Cell {
    fileprivate var content: String {
        switch self {
        case .text(let text), .number(let text): text
        case .empty: ""
        }
    }

    /// The texts of listings are plain words and times: nothing in them asks for an escape.
    fileprivate var json: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .number(let digits): digits
        case .empty: "null"
        }
    }
}
