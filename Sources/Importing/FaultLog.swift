/// What is wrong in a file, by field and reason, with the lines where it is so.
package struct FaultLog: Sendable {
    private struct Key: Hashable {
        let field: String
        let reason: String
    }

    private var lines: [Key: [ClosedRange<Int>]] = [:]
    /// How many lines were left out.
    package private(set) var count = 0

    mutating func add(_ fault: Fault, line: Int) {
        let key = Key(field: fault.field, reason: fault.reason)
        count += 1
        guard var ranges = lines[key], let last = ranges.popLast() else {
            lines[key] = [line...line]
            return
        }
        ranges += last.upperBound == line - 1 ? [last.lowerBound...line] : [last, line...line]
        lines[key] = ranges
    }

    /// One text for each kind of fault: `power_W: 'abc' is not a number: line 17; lines 30-33 (5 in all)`.
    package var descriptions: [String] {
        lines.sorted { ($0.value[0].lowerBound, $0.key.field) < ($1.value[0].lowerBound, $1.key.field) }.map {
            key, ranges in
            let places = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            let number = ranges.reduce(0) { $0 + $1.count }
            let word = number == 1 ? "line" : "lines"
            return "\(key.field): \(key.reason): \(word) \(places.joined(separator: ", "))"
                + (number == 1 ? "" : " (\(number) in all)")
        }
    }
}

/// What is wrong in one line.
struct Fault: Error, Hashable {
    let field: String
    let reason: String
}
