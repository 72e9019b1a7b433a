package import Foundation
import Postgres

extension DeviceStore {
    /// Takes a device's word that it is there: one with a token that nobody knows becomes an unclaimed device.
    ///
    /// One that announces itself again gets the new code in place of the old one.
    ///
    /// - Parameters:
    ///   - most: how many announced devices may wait unclaimed at once.
    ///   - stale: those that last announced themselves before this instant give way to a new one.
    package func announce(
        name: String, tokenHash: String, claimHash: String, most: Int, staleBefore stale: Date, at now: Date
    ) async throws -> Announcement {
        try await change { connection in
            // One after the other, so that the number that waits is the true one.
            try connection.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.wattbuddy.announce'))")
            if let known = try connection.first(
                "\(Device.columns) WHERE device.token_sha256 = \(tokenHash)", Device.fromRow)
            {
                guard known.announcedAt != nil, !known.isClaimed, !known.isRevoked else { return .known(known) }
                try connection.execute(
                    """
                    UPDATE device SET claim_sha256 = \(claimHash), announced_at = \(now) WHERE device_id = \(known.id)
                    """)
                return .unclaimed(try Self.changed(known.id, on: connection))
            }
            guard try Self.makeRoom(most: most, staleBefore: stale, on: connection) else { return .full }
            let id = try connection.first(
                """
                INSERT INTO device (name, token_sha256, claim_sha256, created_at, announced_at)
                VALUES (\(name), \(tokenHash), \(claimHash), \(now), \(now)) RETURNING device_id
                """, { (id: Int64) in id })
            guard let id else { throw StoreError(.absent, "device '\(name)' has no number") }
            return .unclaimed(try Self.changed(id, on: connection))
        }
    }

    private static func makeRoom(most: Int, staleBefore stale: Date, on connection: Connection) throws -> Bool {
        let waiting: SQL = "announced_at IS NOT NULL AND household_id IS NULL AND revoked_at IS NULL"
        func isFull() throws -> Bool {
            let count = try connection.first("SELECT count(*) FROM device WHERE \(waiting)", { (count: Int) in count })
            return (count ?? 0) >= most
        }
        guard try isFull() else { return true }
        try noteChange(
            of: "SELECT device_id FROM device WHERE \(waiting) AND announced_at < \(stale)", on: connection)
        try connection.execute(
            """
            WITH gone AS (SELECT device_id FROM device WHERE \(waiting) AND announced_at < \(stale))
            DELETE FROM device_memory USING gone WHERE device_memory.device_id = gone.device_id
            """)
        try connection.execute("DELETE FROM device WHERE \(waiting) AND announced_at < \(stale)")
        return try !isFull()
    }
}
