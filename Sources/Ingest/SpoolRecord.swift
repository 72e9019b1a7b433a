import Foundation
import Gzip
import Metering

/// Rows as the spool keeps them: a length, a check sum, and the rows in a fixed form, all little-endian.
enum SpoolRecord {
    static func encode(_ rows: [StoredReading]) -> [UInt8] {
        var payload = SpoolBytes()
        for row in rows { payload.append(row) }
        var record = SpoolBytes()
        record.append(UInt32(payload.bytes.count))
        record.append(Checksum.crc32(payload.bytes))
        return record.bytes + payload.bytes
    }

    /// The rows of all whole records; what follows the first broken one was never acknowledged.
    static func decode(_ bytes: [UInt8]) -> [StoredReading] {
        var rows: [StoredReading] = []
        var rest = SpoolBytes(bytes: bytes)
        while let length: UInt32 = rest.take(), let sum: UInt32 = rest.take(), let payload = rest.take(Int(length)),
            Checksum.crc32(payload) == sum
        {
            var record = SpoolBytes(bytes: payload)
            while let row = record.takeRow() { rows.append(row) }
        }
        return rows
    }
}

/// Bytes that are appended to or taken from.
private struct SpoolBytes {
    private(set) var bytes: [UInt8] = []
    private var place = 0

    init() {}

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func append(_ integer: some FixedWidthInteger) {
        for shift in stride(from: 0, to: integer.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: integer >> shift))
        }
    }

    mutating func append(_ row: StoredReading) {
        let reading = row.reading
        append(row.meter)
        append(reading.at.microseconds)
        append(reading.register.milliwattHours)
        append(optional: reading.power?.bitPattern)
        append(optional: reading.voltage?.bitPattern)
        append(optional: reading.current?.bitPattern)
        append(optional: reading.relays?.rawValue)
        append(optional: reading.bootID)
        append(optional: reading.sequence)
        append(optional: reading.uptime)
    }

    private mutating func append(optional integer: (some FixedWidthInteger)?) {
        append(UInt8(integer == nil ? 0 : 1))
        if let integer { append(integer) }
    }

    mutating func take<Integer: FixedWidthInteger>() -> Integer? {
        let size = Integer.bitWidth / 8
        guard bytes.count - place >= size else { return nil }
        defer { place += size }
        return (0..<size).reduce(Integer.zero) { value, index in
            value | Integer(truncatingIfNeeded: bytes[place + index]) << (8 * index)
        }
    }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard bytes.count - place >= count else { return nil }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    private mutating func takeOptional<Integer: FixedWidthInteger>() -> Integer? {
        guard let flag: UInt8 = take(), flag == 1 else { return nil }
        return take()
    }

    mutating func takeRow() -> StoredReading? {
        guard let meter: Int64 = take(), let at: Int64 = take(), let register: Int64 = take() else { return nil }
        var reading = Reading(at: Date(microseconds: at), register: Energy(milliwattHours: register))
        reading.power = takeOptional().map(Float.init(bitPattern:))
        reading.voltage = takeOptional().map(Float.init(bitPattern:))
        reading.current = takeOptional().map(Float.init(bitPattern:))
        reading.relays = takeOptional().map(RelayStates.init(rawValue:))
        reading.bootID = takeOptional()
        reading.sequence = takeOptional()
        reading.uptime = takeOptional()
        return StoredReading(meter: meter, reading: reading)
    }
}
