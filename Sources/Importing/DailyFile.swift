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
        var columns = try DailyColumns(path: path, names: ["household", "date", "kwh", "coverage"])
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

    private static func day(of line: Line, _ columns: borrowing DailyColumns) throws -> Day {
        let text = try columns.text(1, of: line)
        guard let date = LocalDate(text) else { throw columns.fault(1, "'\(text)' is not a date") }
        let coverage = try columns.number(3, of: line)
        guard (0...1.1).contains(coverage) else { throw columns.fault(3, "\(coverage) is not a share of a day") }
        let energy = try columns.number(2, of: line)
        guard energy >= 0, energy < 1e6 else { throw columns.fault(2, "\(energy) kWh is not what a day can come to") }
        return Day(date: date, kilowattHours: energy, coverage: coverage)
    }

    /// What is known of days besides the use: `date,temperature_c,holiday`, in order of time.
    ///
    /// - Throws: as ``days(path:)``.
    package static func conditions(path: String) throws -> [DayConditions] {
        var columns = try DailyColumns(path: path, names: ["date", "temperature_c", "holiday"])
        var found: [LocalDate: DayConditions] = [:]
        while let line = try columns.next() {
            let text = try columns.text(0, of: line)
            guard let date = LocalDate(text) else { throw columns.fault(0, "'\(text)' is not a date") }
            let temperature = try columns.isEmpty(1, of: line) ? nil : columns.number(1, of: line)
            if let temperature, abs(temperature) > 70 { throw columns.fault(1, "\(temperature) °C is no weather") }
            let holiday = try columns.text(2, of: line)
            guard ["0", "1"].contains(holiday) else { throw columns.fault(2, "'\(holiday)' is neither 0 nor 1") }
            let day = DayConditions(day: date, temperature: temperature, isHoliday: holiday == "1")
            guard found.updateValue(day, forKey: date) == nil else {
                throw columns.fault(0, "\(date) has a line already")
            }
        }
        return found.values.sorted { $0.day < $1.day }
    }

    /// Each household's time zone.
    ///
    /// - Throws: as ``days(path:)``.
    package static func zones(path: String) throws -> [String: TimeZone] {
        var columns = try DailyColumns(path: path, names: ["household", "time_zone"])
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
