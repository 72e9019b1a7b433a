package import Foundation
import Metering

/// A table of readings, one line a time, whose first line names the columns.
///
/// It is gone through twice: the first time finds every fault and each meter's step, the second gives readings.
package struct ReadingFile {
    package struct Options: Sendable {
        /// Whose readings these are, where the file does not say.
        package let household: String?
        /// Of times without an offset.
        package let zone: TimeZone
        /// The meter that is billed, where the names do not tell.
        package let main: String?

        package init(household: String?, zone: TimeZone, main: String? = nil) {
            self.household = household
            self.zone = zone
            self.main = main
        }
    }

    /// What the first pass found.
    package struct Survey: Sendable {
        package let lineCount: Int
        package let faults: FaultLog
        /// What was left out or moved by rule, in words.
        package let notes: [String]
    }

    private let path: String
    private var reader: LineInterpreter
    private var isSurveyed = false

    /// - Throws: ``ImportError`` when the header does not say what is needed; ``GzipError`` when the file cannot be read.
    package init(path: String, options: Options) throws {
        self.path = path
        var lines = try LineReader(path: path)
        guard let first = try lines.next() else { throw ImportError(.header, "\(path) is empty") }
        reader = try LineInterpreter(Header(first, main: options.main), options: options)
    }

    /// Goes through the file without giving readings.
    package mutating func survey(progress: (Double) -> Void) throws -> Survey {
        var faults = FaultLog()
        let count = try forEachLine(progress: progress) { line, reader in
            do { try reader.survey(line) } catch let fault as Fault { faults.add(fault, line: line.number) }
        }
        let notes = reader.tally.descriptions
        reader.beginAgain()
        isSurveyed = true
        return Survey(lineCount: count, faults: faults, notes: notes)
    }

    /// Gives the readings of the lines without a fault, in pieces.
    package mutating func forEachBatch(
        of size: Int = 200_000, progress: (Double) -> Void, _ body: ([MeterReadings]) throws -> Void
    ) throws {
        precondition(isSurveyed, "a file is surveyed before its readings are taken")
        _ = try forEachLine(progress: progress) { line, reader in
            do { try reader.read(line) } catch is Fault { return }
            if reader.waiting >= size { try body(reader.takeReadings()) }
        }
        let rest = reader.takeReadings()
        if !rest.isEmpty { try body(rest) }
    }

    private mutating func forEachLine(
        progress: (Double) -> Void, _ body: (Line, inout LineInterpreter) throws -> Void
    ) throws -> Int {
        var lines = try LineReader(path: path)
        _ = try lines.next()
        var number = 1
        let columns = reader.header.names.count
        while let bytes = try lines.next() {
            number += 1
            if number % 65_536 == 0 { progress(lines.progress) }
            guard !bytes.isEmpty else { continue }
            try body(Line(number: number, bytes: bytes, separator: reader.header.separator, expecting: columns), &reader)
        }
        progress(1)
        return number - 1
    }
}
