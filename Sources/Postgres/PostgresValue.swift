/// A value that can be bound to a statement and read from an answer, in PostgreSQL's binary form.
///
/// The basic types are here; a domain type conforms through ``PostgresConvertible``.
package protocol PostgresValue: Sendable {
    static var type: PostgresType { get }
    /// False for NULL.
    func encode(into bytes: inout PostgresBytes) -> Bool
    init(_ field: PostgresField) throws
}

/// A type that is stored as another one.
package protocol PostgresConvertible: PostgresValue {
    associatedtype Stored: PostgresValue
    var stored: Stored { get }
    init(stored: Stored) throws
}

extension PostgresConvertible {
    package static var type: PostgresType { Stored.type }

    package func encode(into bytes: inout PostgresBytes) -> Bool {
        stored.encode(into: &bytes)
    }

    package init(_ field: PostgresField) throws {
        try self.init(stored: Stored(field))
    }
}

/// A type by its number in the server's catalogue (`pg_type.dat`).
package struct PostgresType: Hashable, Sendable {
    let oid: UInt32
    let arrayOID: UInt32

    static let bool = PostgresType(oid: 16, arrayOID: 1000)
    static let bytes = PostgresType(oid: 17, arrayOID: 1001)
    static let int64 = PostgresType(oid: 20, arrayOID: 1016)
    static let int16 = PostgresType(oid: 21, arrayOID: 1005)
    static let int32 = PostgresType(oid: 23, arrayOID: 1007)
    static let text = PostgresType(oid: 25, arrayOID: 1009)
    static let float = PostgresType(oid: 700, arrayOID: 1021)
    static let double = PostgresType(oid: 701, arrayOID: 1022)
    static let day = PostgresType(oid: 1082, arrayOID: 1182)
    static let instant = PostgresType(oid: 1184, arrayOID: 1185)
}

/// Bytes of values on their way to the server.
package struct PostgresBytes {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(contentsOf more: some Sequence<UInt8>) {
        bytes.append(contentsOf: more)
    }

    /// Appends a value after its length in bytes, -1 for NULL: the form of a field in COPY and in an array.
    mutating func appendField(_ value: some PostgresValue) {
        let place = bytes.count
        append(Int32(-1))
        guard value.encode(into: &self) else { return }
        let length = Int32(bytes.count - place - 4)
        withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(place..<place + 4, with: $0) }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }
}

/// One field of an answer; only valid while the row it belongs to is being read.
package struct PostgresField {
    /// Nil for NULL.
    let bytes: UnsafeRawBufferPointer?
    let oid: UInt32
    /// The column's name, a string only when a fault must tell it.
    let name: UnsafePointer<CChar>?

    func bytes(of type: PostgresType) throws -> UnsafeRawBufferPointer {
        guard let bytes else { throw fault("is NULL") }
        guard oid == type.oid else { throw fault("has the type number \(oid), not \(type.oid)") }
        return bytes
    }

    func integer<Integer: FixedWidthInteger>(_ type: PostgresType) throws -> Integer {
        let bytes = try bytes(of: type)
        guard bytes.count == MemoryLayout<Integer>.size else { throw fault("has \(bytes.count) bytes") }
        return Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    func fault(_ what: String) -> PostgresError {
        PostgresError(.undecodable, "the column '\(name.map { String(cString: $0) } ?? "?")' \(what)")
    }
}
