import Foundation
import Metering

/// What the columns of a file mean, by their names in its first line.
struct Header {
    enum Time {
        /// ISO 8601 with an offset, naive in the zone told, or Unix time; `isUTC` when naive times are of UTC.
        case instant(column: Int, isUTC: Bool)
        /// A day's figures.
        case day(column: Int)
    }

    /// Where a meter's figures come from.
    enum Source: Hashable {
        /// A register in kilowatt-hours.
        case register
        /// Energy of the interval that the line stands for; so many decimal places make a milliwatt-hour.
        case intervalEnergy(places: Int)
        /// Watts over the interval that the line stands for.
        case power
    }

    struct Channel {
        let column: Int
        let name: String
        let role: Meter.Role
        let source: Source
    }

    /// What a device tells besides its register.
    struct Extras {
        var power: Int?
        var voltage: Int?
        var current: Int?
        var relays: [Int] = []
        var bootID: Int?
        var sequence: Int?
    }

    let names: [String]
    let separator: UInt8
    let time: Time
    let household: Int?
    let device: Int?
    let channels: [Channel]
    let extras: Extras
    /// A column whose 1 says that the line was made up.
    let filled: Int?
    /// A column that names the columns made up in its line.
    let interpolated: Int?
    /// Whether a line's interval ends at its time: so it does where a register is read at that time as well.
    let intervalsEndAtTime: Bool

    /// - Parameter main: the meter to be billed, where the names alone do not tell.
    init(_ line: ArraySlice<UInt8>, main: String?) throws {
        let bytes = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
        let separators = [",", ";", "\t"].compactMap { $0.utf8.first }
        let separator = separators.max { a, b in bytes.count { $0 == a } < bytes.count { $0 == b } } ?? 44
        let first = Line(number: 1, bytes: bytes, separator: separator)
        names = first.fields.indices.map(first.text)
        self.separator = separator
        var columns: [String: Int] = [:]
        for (column, name) in names.enumerated() {
            guard columns.updateValue(column, forKey: name.lowercased()) == nil else {
                throw ImportError(.header, "line 1: two columns are named '\(name)'")
            }
        }
        time = try Self.time(columns, names: names)
        household = columns["household"]
        device = columns["device"] ?? columns["meter"]
        extras = Extras(
            power: columns["power_w"] ?? columns["power"], voltage: columns["voltage"] ?? columns["voltage_v"],
            current: columns["current"] ?? columns["current_a"],
            relays: ["relay1", "relay2"].compactMap { columns[$0] },
            bootID: columns["boot_id"], sequence: columns["seq"])
        filled = columns["filled"]
        interpolated = columns["interpolated_values"]
        channels = try Self.channels(names, columns: columns, main: main)
        intervalsEndAtTime = channels.contains { $0.source == .register }
    }

    private static func time(_ columns: [String: Int], names: [String]) throws -> Time {
        if let column = columns["timestamp"] ?? columns["ts"] ?? columns["time"] {
            return .instant(column: column, isUTC: false)
        }
        if let column = columns["timestamp_utc"] { return .instant(column: column, isUTC: true) }
        if let column = columns["date"] { return .day(column: column) }
        throw ImportError(
            .header,
            "line 1: no column tells the time; one must be named timestamp, ts, time, timestamp_utc or date "
                + "(there are: \(names.joined(separator: ", ")))")
    }

    private static let registerNames = ["energy_kwh", "register_kwh", "energy"]
    private static let mainNames = ["energy", "register", "grid_import", "import", "main"]
    private static let exportNames = ["grid_export", "export"]
    private static let productionNames = ["pv", "solar", "production"]

    private static func channels(_ names: [String], columns: [String: Int], main: String?) throws -> [Channel] {
        var found: [Channel] = []
        if let column = columns["kwh"] {
            found.append(Channel(column: column, name: "main", role: .main, source: .intervalEnergy(places: 6)))
        } else if let column = registerNames.compactMap({ columns[$0] }).first {
            found.append(Channel(column: column, name: "main", role: .main, source: .register))
        }
        let hasMain = !found.isEmpty
        let known = Set(registerNames + ["kwh", "power_w", "interpolated_values"])
        for (column, name) in names.enumerated() where !known.contains(name.lowercased()) {
            guard let (meter, source) = meterColumn(name) else { continue }
            let role = role(of: meter, hasMain: hasMain, main: main)
            found.append(Channel(column: column, name: meter, role: role, source: source))
        }
        if let main, !found.contains(where: { $0.name == main }) {
            let meters = found.map(\.name).joined(separator: ", ")
            throw ImportError(.header, "line 1: there is no meter '\(main)'; the file has: \(meters)")
        }
        if found.isEmpty, let column = columns["power_w"] {
            found.append(Channel(column: column, name: "main", role: .main, source: .power))
        }
        guard !found.isEmpty else {
            throw ImportError(
                .header,
                "line 1: no column tells energy; one must be named energy_kWh, kwh, power_W, NAME_kWh, NAME_Wh or NAME_W "
                    + "(there are: \(names.joined(separator: ", ")))")
        }
        return found
    }

    /// `kitchen_Wh` is the meter `kitchen`, told by the energy of each interval.
    private static func meterColumn(_ name: String) -> (String, Source)? {
        let lower = name.lowercased()
        for (ending, source) in [
            ("_kwh", Source.register), ("_wh", .intervalEnergy(places: 3)), ("_w", .power),
        ] where lower.hasSuffix(ending) && lower.count > ending.count {
            return (String(name.dropLast(ending.count)), source)
        }
        return nil
    }

    private static func role(of meter: String, hasMain: Bool, main: String?) -> Meter.Role {
        if meter == main { return .main }
        let name = meter.lowercased()
        if exportNames.contains(name) { return .export }
        if productionNames.contains(name) { return .production }
        return !hasMain && main == nil && mainNames.contains(name) ? .main : .sub
    }
}
