package import Control
package import Foundation
import Postgres

extension RelayStore {
    /// Notes that a person holds a relay open.
    ///
    /// - Throws: ``StoreError`` of kind `conflict` when one holds it already.
    package func cutOff(_ relay: Relay, of device: Int64, by author: String, because reason: String, at now: Date)
        async throws -> RelayCutOff
    {
        let id = try await database.run { connection in
            try connection.first(
                """
                INSERT INTO relay_cut_off (device_id, relay, author, reason, since)
                VALUES (\(device), \(relay.rawValue), \(author), \(reason), \(now))
                ON CONFLICT (device_id, relay) WHERE released_at IS NULL DO NOTHING RETURNING cut_off_id
                """, { (id: Int64) in id })
        }
        guard let id else { throw StoreError(.conflict, "Socket \(relay.rawValue) is cut off already.") }
        return RelayCutOff(id: id, device: device, relay: relay, author: author, reason: reason, since: now)
    }

    /// Notes that a person let go of a relay.
    ///
    /// - Throws: ``StoreError`` of kind `absent` when nobody held it.
    package func release(_ relay: Relay, of device: Int64, by person: String, at now: Date) async throws {
        let released = try await database.run { connection in
            try connection.execute(
                """
                UPDATE relay_cut_off SET released_at = \(now), released_by = \(person)
                WHERE device_id = \(device) AND relay = \(relay.rawValue) AND released_at IS NULL
                """)
        }
        guard released == 1 else { throw StoreError(.absent, "Socket \(relay.rawValue) is not cut off.") }
    }

    /// What is held open now, of one device or, for a daemon that starts, of all.
    package func standingCutOffs(of device: Int64? = nil) async throws -> [RelayCutOff] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT cut_off_id, device_id, relay, author, reason, since FROM relay_cut_off
                WHERE released_at IS NULL AND device_id = coalesce(\(device), device_id) ORDER BY device_id, relay
                """, RelayCutOff.fromRow)
        }
    }
}

/// Somebody holds a relay open.
package struct RelayCutOff: Hashable, Sendable {
    package let id: Int64
    package let device: Int64
    package let relay: Relay
    package let author: String
    package let reason: String
    package let since: Date

    fileprivate static func fromRow(
        _ id: Int64, _ device: Int64, _ relay: Int16, _ author: String, _ reason: String, _ since: Date
    ) throws -> RelayCutOff {
        RelayCutOff(
            id: id, device: device, relay: try Relay(stored: relay), author: author, reason: reason, since: since)
    }
}
