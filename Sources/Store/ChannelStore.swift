package import Control
package import Foundation
import Notices
package import Postgres

/// The ways by which households are told of their alerts.
package struct ChannelStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Keeps another way; one that is known already takes what is told there from this.
    ///
    /// - Returns: its number.
    package func add(_ channel: AlertChannel, to household: Int64, at now: Date) async throws -> Int64 {
        let id = try await database.run { connection in
            try connection.first(
                """
                INSERT INTO alert_channel (household_id, kind, target, least, created_at)
                VALUES (\(household), \(channel.kind.rawValue), \(channel.target), \(channel.least.rawValue), \(now))
                ON CONFLICT (household_id, kind, target) DO UPDATE SET least = excluded.least RETURNING channel_id
                """, { (id: Int64) in id })
        }
        guard let id else { throw StoreError(.absent, "the channel has no number") }
        return id
    }

    /// Forgets a way and its messages.
    ///
    /// - Returns: false when the household has none with this number.
    package func remove(_ id: Int64, of household: Int64) async throws -> Bool {
        try await database.run { connection in
            try connection.execute(
                "DELETE FROM alert_channel WHERE channel_id = \(id) AND household_id = \(household)") == 1
        }
    }

    /// Those of a household, the oldest first.
    package func channels(of household: Int64) async throws -> [StoredChannel] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT channel_id, kind, target, least FROM alert_channel WHERE household_id = \(household)
                ORDER BY channel_id
                """, StoredChannel.fromRow)
        }
    }
}

/// A channel with its number.
package struct StoredChannel: Hashable, Sendable {
    package let id: Int64
    package let channel: AlertChannel

    fileprivate static func fromRow(id: Int64, kind: String, target: String, least: String) throws -> StoredChannel {
        StoredChannel(id: id, channel: try AlertChannel(stored: kind, target, least))
    }
}

extension AlertChannel {
    init(stored kind: String, _ target: String, _ least: String) throws {
        guard let kind = Kind(rawValue: kind), let least = NoticeSeverity(rawValue: least) else {
            throw StoreError(.unreadable, "the channel to '\(target)' is of the kind '\(kind)'")
        }
        self.init(kind: kind, target: target, least: least)
    }
}
