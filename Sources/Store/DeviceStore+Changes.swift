import Postgres

extension DeviceStore {
    /// The numbers of devices whose entry changes from the return of this call on: added, claimed, revoked, with another token,
    /// other sockets, or a household or meter that was changed.
    ///
    /// Listen first, then load the ``directory()``: nothing can be missed between. The same number may come several times.
    ///
    /// - Throws: ``PostgresError`` of kind `unavailable` when no connection can be had, and at the end when it is lost: then
    ///   listen and load anew.
    package func changes() async throws -> some AsyncSequence<Int64, any Error> & Sendable {
        let schema = try await database.run { connection in
            try connection.first("SELECT current_schema()::text", { (name: String?) in name })
        }
        let prefix = "\((schema ?? nil) ?? "") "
        return try await database.configuration.notifications(on: Self.channel).compactMap { notification in
            // Other schemas of the same database use the same channel.
            notification.payload.hasPrefix(prefix) ? Int64(notification.payload.dropFirst(prefix.count)) : nil
        }
    }

    /// Tells those who listen, when the transaction is committed.
    ///
    /// - Parameter devices: a query for their numbers.
    static func noteChange(of devices: SQL, on connection: Connection) throws {
        try connection.execute(
            """
            SELECT pg_notify(\(channel), coalesce(current_schema(), '') || ' ' || changed.device_id)
            FROM (\(devices)) AS changed (device_id) WHERE changed.device_id IS NOT NULL
            """)
    }

    private static let channel = "wattbuddy_device"
}
