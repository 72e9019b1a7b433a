package import Foundation

extension Bool: PostgresValue {
    package static var type: PostgresType { .bool }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(UInt8(self ? 1 : 0))
        return true
    }

    package init(_ field: PostgresField) throws {
        let byte: UInt8 = try field.integer(.bool)
        self = byte != 0
    }
}

extension Int64: PostgresValue {
    package static var type: PostgresType { .int64 }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(self)
        return true
    }

    package init(_ field: PostgresField) throws {
        self = try field.integer(.int64)
    }
}

extension Int32: PostgresValue {
    package static var type: PostgresType { .int32 }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(self)
        return true
    }

    package init(_ field: PostgresField) throws {
        self = try field.integer(.int32)
    }
}

extension Int16: PostgresValue {
    package static var type: PostgresType { .int16 }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(self)
        return true
    }

    package init(_ field: PostgresField) throws {
        self = try field.integer(.int16)
    }
}

extension Int: PostgresConvertible {
    package var stored: Int64 { Int64(self) }

    package init(stored: Int64) {
        self.init(stored)
    }
}

extension Double: PostgresValue {
    package static var type: PostgresType { .double }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(bitPattern)
        return true
    }

    package init(_ field: PostgresField) throws {
        self.init(bitPattern: try field.integer(.double))
    }
}

extension Float: PostgresValue {
    package static var type: PostgresType { .float }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(bitPattern)
        return true
    }

    package init(_ field: PostgresField) throws {
        self.init(bitPattern: try field.integer(.float))
    }
}

extension String: PostgresValue {
    package static var type: PostgresType { .text }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(contentsOf: utf8)
        return true
    }

    package init(_ field: PostgresField) throws {
        self.init(decoding: try field.bytes(of: .text), as: UTF8.self)
    }
}

/// `bytea`.
extension Data: PostgresValue {
    package static var type: PostgresType { .bytes }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(contentsOf: self)
        return true
    }

    package init(_ field: PostgresField) throws {
        self.init(try field.bytes(of: .bytes))
    }
}

/// `timestamptz`: whole microseconds, the nearest one.
extension Date: PostgresValue {
    package static var type: PostgresType { .instant }

    /// Microseconds from 1970-01-01 to 2000-01-01, where the server's count begins.
    static var microsecondsBefore2000: Int64 { 946_684_800_000_000 }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(Int64((timeIntervalSince1970 * 1_000_000).rounded()) - Self.microsecondsBefore2000)
        return true
    }

    package init(_ field: PostgresField) throws {
        let microseconds: Int64 = try field.integer(.instant)
        guard microseconds > .min, microseconds < .max else { throw field.fault("is an infinite instant") }
        self.init(timeIntervalSince1970: Double(microseconds + Self.microsecondsBefore2000) / 1_000_000)
    }
}

/// `date`, as the number of days since 1970-01-01.
package struct PostgresDay: PostgresValue {
    package let daysSince1970: Int

    /// Days from 1970-01-01 to 2000-01-01.
    private static let offset = 10_957

    package init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    package static var type: PostgresType { .day }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(Int32(daysSince1970 - Self.offset))
        return true
    }

    package init(_ field: PostgresField) throws {
        let days: Int32 = try field.integer(.day)
        guard days > .min, days < .max else { throw field.fault("is an infinite date") }
        daysSince1970 = Int(days) + Self.offset
    }
}

extension Optional: PostgresValue where Wrapped: PostgresValue {
    package static var type: PostgresType { Wrapped.type }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        self?.encode(into: &bytes) ?? false
    }

    package init(_ field: PostgresField) throws {
        self = field.bytes == nil ? nil : try Wrapped(field)
    }
}

/// One dimension, counted from 1 on the server; nulls where the element is optional.
extension Array: PostgresValue where Element: PostgresValue {
    package static var type: PostgresType { PostgresType(oid: Element.type.arrayOID, arrayOID: 0) }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        bytes.append(Int32(isEmpty ? 0 : 1))
        bytes.append(Int32(1))
        bytes.append(Element.type.oid)
        guard !isEmpty else { return true }
        bytes.append(Int32(count))
        bytes.append(Int32(1))
        for element in self { bytes.appendField(element) }
        return true
    }

    package init(_ field: PostgresField) throws {
        var reader = ArrayReader(bytes: try field.bytes(of: Self.type), field: field)
        let dimensions = try reader.int32()
        guard dimensions <= 1 else { throw field.fault("is an array of \(dimensions) dimensions") }
        _ = try reader.int32()
        let oid = UInt32(bitPattern: try reader.int32())
        let count = dimensions == 0 ? 0 : Int(try reader.int32())
        if dimensions == 1 { _ = try reader.int32() }
        self = try (0..<count).map { _ in try Element(try reader.element(oid: oid)) }
    }
}

private struct ArrayReader {
    let bytes: UnsafeRawBufferPointer
    let field: PostgresField
    var place = 0

    mutating func int32() throws -> Int32 {
        guard place + 4 <= bytes.count else { throw field.fault("is a broken array") }
        defer { place += 4 }
        return Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self))
    }

    mutating func element(oid: UInt32) throws -> PostgresField {
        let length = Int(try int32())
        guard length >= 0 else { return PostgresField(bytes: nil, oid: oid, name: field.name) }
        guard place + length <= bytes.count else { throw field.fault("is a broken array") }
        defer { place += length }
        return PostgresField(
            bytes: UnsafeRawBufferPointer(rebasing: bytes[place..<place + length]), oid: oid, name: field.name)
    }
}
