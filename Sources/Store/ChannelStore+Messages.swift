package import Control
package import Foundation
package import Metering
import Notices
import Postgres

extension ChannelStore {
    /// Puts a message for each way of the household that tells of such alerts; what follows is told where it was told
    /// that it opened. The same again puts nothing.
    ///
    /// - Parameter alert: numbered.
    /// - Returns: how many were put.
    package func put(_ event: AlertMessage.Event, of alert: Alert, at now: Date) async throws -> Int {
        let told = NoticeSeverity.allCases.filter { $0 <= alert.condition.severity }.map(\.rawValue)
        let isFirst = event == .opened
        return try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO alert_message (channel_id, alert_id, event, created_at, due_at)
                SELECT channel_id, \(alert.id)::bigint, \(event.rawValue), \(now), \(now) FROM alert_channel
                WHERE household_id = \(alert.household) AND least = ANY (\(told)::text[])
                    AND (\(isFirst)::boolean OR EXISTS (
                        SELECT FROM alert_message AS opened WHERE opened.channel_id = alert_channel.channel_id
                            AND opened.alert_id = \(alert.id)::bigint AND opened.event = 'opened'))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Claims the messages that are due, the oldest first: from here on they are this process's alone.
    package func claim(atMost count: Int, at now: Date) async throws -> [ClaimedMessage] {
        try await database.run { connection in
            try connection.query(
                """
                WITH taken AS (
                    UPDATE alert_message SET state = 'claimed', claimed_at = \(now), tries = tries + 1
                    WHERE message_id IN (
                        SELECT message_id FROM alert_message WHERE state = 'due' AND due_at <= \(now)
                        ORDER BY message_id LIMIT \(count) FOR UPDATE SKIP LOCKED)
                    RETURNING message_id, channel_id, alert_id, event, tries, created_at)
                SELECT message_id, alert_id, event, tries::bigint, taken.created_at, kind, target, least, household.name,
                    household.zone
                FROM taken JOIN alert_channel USING (channel_id) JOIN household USING (household_id)
                ORDER BY message_id
                """, ClaimedMessage.fromRow)
        }
    }

    /// When the next message is due; nil when none waits.
    package func nextDue() async throws -> Date? {
        try await database.run { connection in
            try connection.first(
                "SELECT due_at FROM alert_message WHERE state = 'due' ORDER BY due_at LIMIT 1", { (at: Date) in at })
        }
    }

    /// Notes that a claimed message was taken, or that it never will be.
    ///
    /// - Parameter error: why it never will be; nil when it was taken.
    package func settle(_ message: Int64, refused error: String? = nil, at now: Date) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE alert_message SET state = \(error == nil ? "sent" : "refused"), settled_at = \(now),
                    error = \(error) WHERE message_id = \(message) AND state = 'claimed'
                """)
        }
    }

    /// Gives a claim back when the message certainly did not go out.
    package func postpone(_ message: Int64, until due: Date, because error: String) async throws {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE alert_message SET state = 'due', due_at = \(due), error = \(error)
                WHERE message_id = \(message) AND state = 'claimed'
                """)
        }
    }

    /// Messages that did not go out since an instant, or of which nobody knows whether they did.
    package func failures(since instant: Date, before claimed: Date) async throws -> [FailedMessage] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT slug, kind, target, state, coalesce(settled_at, claimed_at), coalesce(error, '')
                FROM alert_message JOIN alert_channel USING (channel_id) JOIN household USING (household_id)
                WHERE state = 'refused' AND settled_at >= \(instant) OR state = 'claimed' AND claimed_at < \(claimed)
                ORDER BY message_id
                """,
                { (slug: String, kind: String, target: String, state: String, at: Date, error: String) in
                    FailedMessage(
                        household: slug, kind: kind, target: target, isKnown: state == "refused", at: at, error: error)
                })
        }
    }
}

/// A message that this process has to send.
package struct ClaimedMessage: Sendable {
    package let id: Int64
    package let alert: Int64
    package let event: AlertMessage.Event
    /// This one among them.
    package let tries: Int
    package let createdAt: Date
    package let channel: AlertChannel
    package let home: String
    package let clock: LocalClock

    fileprivate static func fromRow(
        id: Int64, alert: Int64, event: String, tries: Int, createdAt: Date, kind: String, target: String,
        least: String, home: String, zone: String
    ) throws -> ClaimedMessage {
        guard let event = AlertMessage.Event(rawValue: event), let zone = TimeZone(identifier: zone) else {
            throw StoreError(.unreadable, "the message \(id) tells '\(event)' in '\(zone)'")
        }
        return ClaimedMessage(
            id: id, alert: alert, event: event, tries: tries, createdAt: createdAt,
            channel: try AlertChannel(stored: kind, target, least), home: home, clock: LocalClock(zone: zone))
    }
}

/// A message that did not go out, or of which nobody knows.
package struct FailedMessage: Hashable, Sendable {
    package let household: String
    package let kind: String
    package let target: String
    /// Whether it certainly did not go out.
    package let isKnown: Bool
    package let at: Date
    package let error: String
}
