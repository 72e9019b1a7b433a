import CPostgres

/// One connection to a server; lent by ``Database`` and used by one closure at a time.
package final class Connection {
    let handle: OpaquePointer
    private var prepared: [String: String] = [:]
    private var isInTransaction = false
    /// Statements kept prepared; beyond it the connection forgets them all and begins again.
    private static let mostPrepared = 200

    /// - Parameter conninfo: a libpq connection string or URL.
    init(_ conninfo: String, schema: String?) throws {
        guard let handle = PQconnectdb(conninfo) else {
            throw PostgresError(.unavailable, "no memory for a connection")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw PostgresError(.unavailable, String(cString: PQerrorMessage(handle)))
        }
        self.handle = handle
        wattbuddy_silence_notices(handle)
        try script("SET TimeZone = 'UTC'; SET client_encoding = 'UTF8'; SET lc_messages = 'C'")
        if let schema { try execute("SELECT set_config('search_path', \(schema), false)") }
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether the server was still there when it was last spoken to.
    var isAlive: Bool {
        PQstatus(handle) == CONNECTION_OK
    }

    /// The rows of the answer, each made from its columns in order.
    ///
    /// - Throws: ``PostgresError``, also when a column is NULL or of another type than `make` takes.
    package func query<each Column: PostgresValue, Row>(
        _ sql: SQL, _ make: (repeat each Column) throws -> Row
    ) throws -> [Row] {
        let result = try run(sql)
        return try (0..<result.rowCount).map { row in
            var column: Int32 = 0
            func next<Value: PostgresValue>(_ type: Value.Type) throws -> Value {
                defer { column += 1 }
                return try Value(result.field(row, column))
            }
            return try make(repeat next((each Column).self))
        }
    }

    /// The first row of the answer; nil when it has none.
    package func first<each Column: PostgresValue, Row>(
        _ sql: SQL, _ make: (repeat each Column) throws -> Row
    ) throws -> Row? {
        try query(sql, make).first
    }

    /// - Returns: the number of rows that the statement touched.
    @discardableResult
    package func execute(_ sql: SQL) throws -> Int {
        try run(sql).touchedRows
    }

    /// Runs statements of the program's own text, one after the other; for the schema, never for values.
    package func script(_ text: String) throws {
        _ = try Result(PQexec(handle, text), of: handle, statement: text)
    }

    /// Does all that `body` does, or nothing of it.
    ///
    /// - Throws: what `body` throws, after everything was rolled back.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        precondition(!isInTransaction, "a transaction inside another")
        try script("BEGIN")
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            let value = try body()
            try script("COMMIT")
            return value
        } catch {
            try rollBack(after: error)
            throw error
        }
    }

    /// A lost connection has rolled back by itself: then the first error is the one to tell.
    private func rollBack(after error: any Error) throws {
        guard isAlive else { return }
        do { try script("ROLLBACK") } catch let second where isAlive {
            throw PostgresError(.unavailable, "the transaction could not be rolled back: \(second), after: \(error)")
        } catch {}
    }

    /// Sends rows by COPY in the binary format.
    ///
    /// - Parameter table: table and columns, of the program's own text.
    package func copyIn(into table: String, _ body: (inout CopyWriter) throws -> Void) throws {
        let text = "COPY \(table) FROM STDIN (FORMAT binary)"
        let start = PQexec(handle, text)
        defer { PQclear(start) }
        guard PQresultStatus(start) == PGRES_COPY_IN else { throw Result.error(start, handle, text) }
        var writer = CopyWriter(handle)
        do {
            try body(&writer)
            try writer.finish()
        } catch {
            PQputCopyEnd(handle, "abandoned")
            drain()
            throw error
        }
        _ = try Result(PQgetResult(handle), of: handle, statement: text)
        drain()
    }

    /// Lends the rows of a query one after the other as they come: memory stays flat however many there are.
    ///
    /// - Throws: what `body` throws, after the rest was given up; ``PostgresError``.
    package func copyOut(_ query: CopyQuery, _ body: (inout CopyRow) throws -> Void) throws {
        let text = "COPY (\(query.text)) TO STDOUT (FORMAT binary)"
        let start = PQexec(handle, text)
        defer { PQclear(start) }
        guard PQresultStatus(start) == PGRES_COPY_OUT else { throw Result.error(start, handle, text) }
        do {
            var isFirst = true
            while try lendRow(isFirst: isFirst, to: body) { isFirst = false }
        } catch {
            abandonCopy()
            throw error
        }
        _ = try Result(PQgetResult(handle), of: handle, statement: text)
        drain()
    }

    /// - Returns: false after the last row.
    private func lendRow(isFirst: Bool, to body: (inout CopyRow) throws -> Void) throws -> Bool {
        var piece: UnsafeMutablePointer<CChar>?
        let length = PQgetCopyData(handle, &piece, 0)
        guard length != -2 else {
            throw PostgresError(.unavailable, String(cString: PQerrorMessage(handle)), statement: "COPY")
        }
        guard length > 0, let piece else { return false }
        defer { PQfreemem(piece) }
        // The first piece opens with the signature, flags and the length of an extension.
        let bytes = UnsafeRawBufferPointer(start: piece, count: Int(length)).dropFirst(
            isFirst ? Self.copyHeaderSize : 0)
        var row = CopyRow(UnsafeRawBufferPointer(rebasing: bytes))
        if try row.columnCount() >= 0 { try body(&row) }
        return true
    }

    private static let copyHeaderSize = 19

    /// Asks the server to stop, and takes what is still on its way.
    private func abandonCopy() {
        if let cancel = PQgetCancel(handle) {
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(cancel, &message, Int32(message.count))
            PQfreeCancel(cancel)
        }
        var piece: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle, &piece, 0) > 0 {
            PQfreemem(piece)
            piece = nil
        }
        drain()
    }

    private func drain() {
        while let rest = PQgetResult(handle) { PQclear(rest) }
    }

    private func run(_ sql: SQL) throws -> Result {
        let (text, parameters) = sql.bound
        let name = try prepare(text, parameters.map { type(of: $0).type.oid })
        var bytes = PostgresBytes()
        let lengths = parameters.map { value -> Int32 in
            let place = bytes.bytes.count
            return value.encode(into: &bytes) ? Int32(bytes.bytes.count - place) : -1
        }
        let answer = execute(name, bytes.bytes, lengths)
        do { return try Result(answer, of: handle, statement: text) } catch let error as PostgresError {
            if case .refused("0A000") = error.kind { prepared[text] = nil }
            throw error
        }
    }

    private func execute(_ name: String, _ bytes: [UInt8], _ lengths: [Int32]) -> OpaquePointer? {
        // A pointer to the empty array may be nil, which would mean NULL: one byte more makes it real.
        (bytes + [0]).withUnsafeBufferPointer { buffer in
            var place = 0
            var pointers: [UnsafePointer<CChar>?] = []
            for length in lengths {
                let start = UnsafeRawPointer(buffer.baseAddress)?.advanced(by: place)
                pointers.append(length < 0 ? nil : start?.assumingMemoryBound(to: CChar.self))
                place += Int(max(0, length))
            }
            let sizes = lengths.map { max(0, $0) }
            let binary = Array(repeating: Int32(1), count: lengths.count)
            return PQexecPrepared(handle, name, Int32(lengths.count), pointers, sizes, binary, 1)
        }
    }

    private func prepare(_ text: String, _ types: [UInt32]) throws -> String {
        if let name = prepared[text] { return name }
        if prepared.count >= Self.mostPrepared {
            try script("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "wattbuddy_\(prepared.count)"
        _ = try Result(PQprepare(handle, name, text, Int32(types.count), types), of: handle, statement: text)
        prepared[text] = name
        return name
    }
}
