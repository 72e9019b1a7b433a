import CPostgres

/// Takes the rows of a COPY one by one and sends them in large pieces.
package struct CopyWriter {
    private let handle: OpaquePointer
    private var bytes = PostgresBytes()
    private static let pieceSize = 1 << 17

    /// The binary format opens with its signature, flags and the length of an extension (PostgreSQL manual, COPY).
    init(_ handle: OpaquePointer) {
        self.handle = handle
        bytes.append(contentsOf: [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00])
        bytes.append(Int64(0))
    }

    /// Writes one row: the values of the columns in their order, each of the very type of its column.
    package mutating func write<each Value: PostgresValue>(_ values: repeat each Value) throws {
        var count: Int16 = 0
        for _ in repeat (each Value).self { count += 1 }
        bytes.append(count)
        for value in repeat each values { bytes.appendField(value) }
        if bytes.bytes.count >= Self.pieceSize { try send() }
    }

    mutating func finish() throws {
        bytes.append(Int16(-1))
        try send()
        guard PQputCopyEnd(handle, nil) == 1 else { throw failure }
    }

    private mutating func send() throws {
        let sent = bytes.bytes.withUnsafeBytes { buffer in
            PQputCopyData(handle, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
        }
        guard sent == 1 else { throw failure }
        bytes.removeAll()
    }

    private var failure: PostgresError {
        PostgresError(.unavailable, String(cString: PQerrorMessage(handle)), statement: "COPY")
    }
}
