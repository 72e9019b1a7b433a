package import Foundation
import Metering

/// A table of readings, one line a time, whose first line names the columns.
///
/// It is gone through twice: the first time finds every fault and each meter's step, the second gives readings.
package struct ReadingFile: ~Copyable {
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
    private var lines: Lines?

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
        var lines = try Lines(path: path, header: reader.header)
        while let line = try lines.next(progress: progress) {
            do { try reader.survey(line) } catch let fault as Fault { faults.add(fault, line: line.number) }
        }
        let notes = reader.tally.descriptions
        reader.beginAgain()
        isSurveyed = true
        return Survey(lineCount: lines.number - 1, faults: faults, notes: notes)
    }

    /// The readings of the next lines without a fault; nil after the last.
    package mutating func nextBatch(of size: Int = 200_000, progress: (Double) -> Void) throws -> [MeterReadings]? {
        precondition(isSurveyed, "a file is surveyed before its readings are taken")
        if lines == nil { lines = try Lines(path: path, header: reader.header) }
        while let line = try lines?.next(progress: progress) {
            do { try reader.read(line) } catch is Fault { continue }
            if reader.waiting >= size { return reader.takeReadings() }
        }
        let rest = reader.takeReadings()
        return rest.isEmpty ? nil : rest
    }
}

/// The lines after the header, cut into fields.
private struct Lines: ~Copyable {
    private var reader: LineReader
    private let header: Header
    private(set) var number = 1

    init(path: String, header: Header) throws {
        var reader = try LineReader(path: path)
        _ = try reader.next()
        self.reader = reader
        self.header = header
    }

    mutating func next(progress: (Double) -> Void) throws -> Line? {
        while let bytes = try reader.next() {
            number += 1
            if number % 65_536 == 0 { progress(reader.progress) }
            guard !bytes.isEmpty else { continue }
            return Line(number: number, bytes: bytes, separator: header.separator, expecting: header.names.count)
        }
        progress(1)
        return nil
    }
}
