import Foundation
import Metering

/// Takes one field of a reading, by its name; a value that cannot be true is refused by the name.
enum UploadField {
    /// - Returns: whether the field is the register, even if its value is null.
    static func take(_ name: String, of reader: inout JSONReader, into upload: inout ReadingUpload) throws -> Bool {
        switch name {
        case "energy", "energy_kwh", "energy_consumed": upload.register = try kilowattHours(name, &reader)
        case "register_mwh":
            upload.register = try whole(name, &reader, 0...Self.highestRegister).map {
                Energy(milliwattHours: $0)
            }
        case "register_wh":
            upload.register = try whole(name, &reader, 0...Self.highestRegister / 1000).map {
                Energy(milliwattHours: $0 * 1000)
            }
        case "voltage", "voltage_v": upload.voltage = try measured(name, &reader, "V", 0...1000)
        case "current", "current_a": upload.current = try measured(name, &reader, "A", 0...5000)
        case "power", "power_w": upload.power = try measured(name, &reader, "W", -1_000_000...1_000_000)
        case "current_limit": upload.currentLimit = try measured(name, &reader, "A", 0...5000)
        case "pulse_ms": upload.longestPulse = try whole(name, &reader, 0...60_000).map(Int.init)
        case "pulse_id": upload.pulse = try whole(name, &reader, 0...Int64.max)
        case "pulse_before": upload.pulseBefore = try measured(name, &reader, "W", -1_000_000...1_000_000)
        case "pulse_open": upload.pulseOpen = try measured(name, &reader, "W", -1_000_000...1_000_000)
        case "relay1": upload.relay1 = try relay(name, &reader)
        case "relay2": upload.relay2 = try relay(name, &reader)
        case "at", "timestamp", "ts": upload.at = try instant(name, &reader)
        case "boot_id":
            upload.bootID = try whole(name, &reader, -0x8000_0000...0xFFFF_FFFF).map(Int32.init(truncatingIfNeeded:))
        case "seq": upload.sequence = try whole(name, &reader, 0...Int64.max)
        case "uptime_ms": upload.uptime = try whole(name, &reader, 0...Self.longestUptime)
        case "uptime", "uptime_s":
            upload.uptime = try whole(name, &reader, 0...Self.longestUptime / 1000).map { $0 * 1000 }
            upload.isUptimeCoarse = true
        case "meter": upload.meter = try text(name, &reader)
        case "userId": upload.user = try text(name, &reader)
        default: try reader.skip()
        }
        return ["energy", "energy_kwh", "energy_consumed", "register_mwh", "register_wh"].contains(name)
    }

    /// A billion kilowatt-hours: no meter of a house or a town reaches it.
    private static let highestRegister: Int64 = 1_000_000_000 * Energy.perKilowattHour
    /// A hundred years, in milliseconds.
    private static let longestUptime: Int64 = 3_155_760_000_000

    private static func kilowattHours(_ name: String, _ reader: inout JSONReader) throws -> Energy? {
        guard let number = try number(name, &reader) else { return nil }
        guard let energy = number.kilowattHours, number.value >= 0, energy.milliwattHours <= highestRegister else {
            throw IngestError(
                .invalid, field: name, "\(name) is \(shown(number)) kWh; a register shows 0 to 1000000000")
        }
        return energy
    }

    private static func measured(
        _ name: String, _ reader: inout JSONReader, _ unit: String, _ range: ClosedRange<Double>
    ) throws -> Float? {
        guard let number = try number(name, &reader) else { return nil }
        guard range.contains(number.value) else {
            throw IngestError(
                .invalid, field: name,
                "\(name) is \(shown(number)) \(unit); it may be \(Int(range.lowerBound)) to \(Int(range.upperBound))")
        }
        return Float(number.value)
    }

    private static func whole(_ name: String, _ reader: inout JSONReader, _ range: ClosedRange<Int64>) throws -> Int64?
    {
        guard let number = try number(name, &reader) else { return nil }
        guard let integer = number.integer, range.contains(integer) else {
            throw IngestError(
                .invalid, field: name,
                "\(name) is \(shown(number)); it may be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    private static func number(_ name: String, _ reader: inout JSONReader) throws -> JSONNumber? {
        switch try reader.kind() {
        case .number: return try reader.number()
        case .literal where try reader.literal() == nil: return nil
        default: throw IngestError(.invalid, field: name, "\(name) is not a number")
        }
    }

    /// Devices write 0 and 1, the original's app true and false, others words.
    private static func relay(_ name: String, _ reader: inout JSONReader) throws -> Bool? {
        switch try reader.kind() {
        case .literal: return try reader.literal()
        case .number:
            switch try reader.number().integer {
            case 0: return false
            case 1: return true
            default: break
            }
        case .string:
            switch try reader.string().lowercased() {
            case "on", "true", "1": return true
            case "off", "false", "0": return false
            default: break
            }
        default: break
        }
        throw IngestError(.invalid, field: name, "\(name) may be 0, 1, true, false, \"on\" or \"off\"")
    }

    private static func text(_ name: String, _ reader: inout JSONReader) throws -> String? {
        switch try reader.kind() {
        case .string:
            let text = try reader.string()
            guard text.utf8.count <= 200 else { throw IngestError(.invalid, field: name, "\(name) is too long") }
            return text
        case .number:
            guard let number = try reader.number().integer else { break }
            return "\(number)"
        case .literal where try reader.literal() == nil: return nil
        default: break
        }
        throw IngestError(.invalid, field: name, "\(name) is not a text")
    }

    /// ISO 8601 with its offset, or seconds or milliseconds since 1970 by their size.
    private static func instant(_ name: String, _ reader: inout JSONReader) throws -> Date? {
        switch try reader.kind() {
        case .string:
            let text = try reader.string()
            if let at = isoInstant(text) { return at }
            throw IngestError(
                .invalid, field: name, "\(name) is not a time with its offset, such as 2026-02-20T18:00:00+05:30")
        case .number:
            let number = try reader.number()
            let seconds = number.value > 100_000_000_000 ? number.value / 1000 : number.value
            guard (946_684_800...32_503_680_000).contains(seconds) else {
                throw IngestError(.invalid, field: name, "\(name) is no time since the year 2000")
            }
            return Date(timeIntervalSince1970: seconds)
        case .literal where try reader.literal() == nil: return nil
        default: throw IngestError(.invalid, field: name, "\(name) is not a time")
        }
    }

    private static func isoInstant(_ text: String) -> Date? {
        let styles = [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()]
        for style in styles {
            do { return try style.parse(text) } catch { continue }
        }
        return nil
    }

    private static func shown(_ number: JSONNumber) -> String {
        number.value.isFinite ? "\(number.value)" : "too great"
    }
}
