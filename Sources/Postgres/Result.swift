import CPostgres

/// An answer of the server; frees itself.
struct Result: ~Copyable {
    private let handle: OpaquePointer

    /// - Throws: ``PostgresError`` unless the server said that all went well.
    init(_ result: OpaquePointer?, of connection: OpaquePointer, statement: String) throws {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            guard let result else { fallthrough }
            handle = result
        default:
            defer { PQclear(result) }
            throw Self.error(result, connection, statement)
        }
    }

    deinit {
        PQclear(handle)
    }

    static func error(_ result: OpaquePointer?, _ connection: OpaquePointer, _ statement: String) -> PostgresError {
        guard PQstatus(connection) == CONNECTION_OK, let state = PQresultErrorField(result, Int32(UInt8(ascii: "C")))
        else {
            return PostgresError(.unavailable, String(cString: PQerrorMessage(connection)), statement: statement)
        }
        let code = String(cString: state)
        let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) } ?? code
        // 57P01 to 57P03: the server is being shut down or is starting; 53300: no connection is free.
        let kind: PostgresError.Kind =
            code.hasPrefix("57P") || code == "53300" ? .unavailable : .refused(sqlState: code)
        return PostgresError(kind, message, statement: statement)
    }

    var rowCount: Int32 {
        PQntuples(handle)
    }

    var touchedRows: Int {
        Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    func field(_ row: Int32, _ column: Int32) -> PostgresField {
        let isNull = PQgetisnull(handle, row, column) == 1
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(handle, row, column), count: Int(PQgetlength(handle, row, column)))
        return PostgresField(
            bytes: isNull ? nil : bytes, oid: PQftype(handle, column), name: PQfname(handle, column))
    }
}
