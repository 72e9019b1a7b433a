package import Foundation

/// One row of a COPY on its way out: its columns are taken in their order, each as the very type it has.
///
/// Only valid while it is lent.
package struct CopyRow {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Nil for NULL.
    package mutating func optionalInt64() throws -> Int64? {
        try integer()
    }

    package mutating func int64() throws -> Int64 {
        guard let value: Int64 = try integer() else { throw CopyRow.fault("a column is NULL") }
        return value
    }

    package mutating func int32() throws -> Int32? {
        try integer()
    }

    package mutating func int16() throws -> Int16? {
        try integer()
    }

    package mutating func float() throws -> Float? {
        let bits: UInt32? = try integer()
        return bits.map(Float.init(bitPattern:))
    }

    /// An instant, whose binary form counts microseconds since 2000.
    package mutating func instant() throws -> Date {
        Date(timeIntervalSince1970: Double(try int64() + Date.microsecondsBefore2000) / 1_000_000)
    }

    mutating func columnCount() throws -> Int16 {
        try raw()
    }

    private mutating func integer<Integer: FixedWidthInteger>() throws -> Integer? {
        let length: Int32 = try raw()
        guard length >= 0 else { return nil }
        guard length == MemoryLayout<Integer>.size else { throw CopyRow.fault("a column has \(length) bytes") }
        return try raw()
    }

    @inline(__always)
    private mutating func raw<Integer: FixedWidthInteger>() throws -> Integer {
        let size = MemoryLayout<Integer>.size
        guard place + size <= bytes.count else { throw CopyRow.fault("a row ends too early") }
        defer { place += size }
        return Integer(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Integer.self))
    }

    fileprivate static func fault(_ what: String) -> PostgresError {
        PostgresError(.undecodable, what, statement: "COPY")
    }
}
