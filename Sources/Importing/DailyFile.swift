package import Foundation
package import Metering

/// Tables of households' days, as `household,date,kwh,coverage`, and of their zones, as `household,time_zone`.
package enum DailyFile {
    /// What was measured of one household's day.
    package struct Day: Hashable, Sendable {
        package let date: LocalDate
        /// Of the part that was measured.
        package let kilowattHours: Double
        /// The share of the day that was measured.
        package let coverage: Double

        package init(date: LocalDate, kilowattHours: Double, coverage: Double) {
            self.date = date
            self.kilowattHours = kilowattHours
            self.coverage = coverage
        }
    }

    /// Each household's days in order of time.
    ///
    /// - Throws: ``ImportError`` that names file, line and field; ``GzipError`` when the file cannot be read.
    package static func days(path: String) throws -> [String: [Day]] {
        var columns = try NamedColumns(path: path, names: ["household", "date", "kwh", "coverage"])
        var found: [String: [Day]] = [:]
        while let line = try columns.next() {
            let name = try columns.text(0, of: line)
            found[name, default: []].append(try day(of: line, columns))
        }
        for (name, days) in found {
            let sorted = days.sorted { $0.date < $1.date }
            if let (twice, _) = zip(sorted, sorted.dropFirst()).first(where: { $0.date == $1.date }) {
                throw ImportError(.line, "\(path): household '\(name)' has two lines with the date \(twice.date)")
            }
            found[name] = sorted
        }
        return found
    }

    private static func day(of line: Line, _ columns: borrowing NamedColumns) throws -> Day {
        let text = try columns.text(1, of: line)
        guard let date = LocalDate(text) else { throw columns.fault(1, "'\(text)' is not a date") }
        let coverage = try columns.number(3, of: line)
        guard (0...1.1).contains(coverage) else { throw columns.fault(3, "\(coverage) is not a share of a day") }
        let energy = try columns.number(2, of: line)
        guard energy >= 0, energy < 1e6 else { throw columns.fault(2, "\(energy) kWh is not what a day can come to") }
        return Day(date: date, kilowattHours: energy, coverage: coverage)
    }

    /// Each household's time zone.
    ///
    /// - Throws: as ``days(path:)``.
    package static func zones(path: String) throws -> [String: TimeZone] {
        var columns = try NamedColumns(path: path, names: ["household", "time_zone"])
        var found: [String: TimeZone] = [:]
        while let line = try columns.next() {
            let name = try columns.text(0, of: line)
            let text = try columns.text(1, of: line)
            guard let zone = TimeZone(identifier: text) else { throw columns.fault(1, "there is no zone '\(text)'") }
            guard found.updateValue(zone, forKey: name) == nil else {
                throw columns.fault(0, "'\(name)' has a line already")
            }
        }
        return found
    }
}
