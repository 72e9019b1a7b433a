package import Control
package import Foundation
package import Postgres

/// What was ordered of relays and what became of it, what holds them open, and when they switch by themselves.
///
/// Rows are added and settled, never removed: together they are the history of switching.
package struct RelayStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }
}

// MARK: Orders

extension RelayStore {
    /// Keeps an order and numbers it; it is queued.
    package func insert(_ draft: RelayOrderDraft) async throws -> RelayOrder {
        try await database.run { connection in try Self.insert(draft, on: connection) }
    }

    static func insert(_ draft: RelayOrderDraft, on connection: Connection) throws -> RelayOrder {
        let id = try connection.first(
            """
            INSERT INTO relay_order (device_id, relay, is_on, author, reason, ordered_at, expires_at, state, pulse_ms,
                                     pulse_below_a)
            VALUES (\(draft.device), \(draft.relay.rawValue), \(draft.isOn), \(draft.author), \(draft.reason),
                    \(draft.orderedAt), \(draft.expiresAt), \(RelayOrder.State.queued.rawValue),
                    \(draft.pulse.map { Int64($0.milliseconds) })::bigint::int, \(draft.pulse?.belowAmperes)::float8)
            RETURNING order_id
            """, { (id: Int64) in id })
        guard let id else { throw StoreError(.absent, "the order has no number") }
        return RelayOrder(id: id, draft)
    }

    /// Keeps what became of orders, by their numbers, in one statement; one that settled before, or had come farther, stays
    /// as it is. Of an order that comes more than once the last counts.
    ///
    /// - Returns: how many were changed.
    @discardableResult
    package func save(_ orders: [RelayOrder]) async throws -> Int {
        let last = Dictionary(orders.map { ($0.id, $0) }) { $1 }.values.sorted { $0.id < $1.id }
        guard !last.isEmpty else { return 0 }
        return try await database.run { connection in
            try connection.execute(
                """
                UPDATE relay_order SET state = new.state, sent_at = new.sent_at, acknowledged_at = new.acknowledged_at,
                    settled_at = new.settled_at, watts_before = new.watts_before, watts_after = new.watts_after
                FROM unnest(\(last.map(\.id))::bigint[], \(last.map(\.state.rawValue))::text[],
                        \(last.map(\.sentAt))::timestamptz[], \(last.map(\.acknowledgedAt))::timestamptz[],
                        \(last.map(\.settledAt))::timestamptz[], \(last.map(\.wattsBefore))::float8[],
                        \(last.map(\.wattsAfter))::float8[])
                    AS new (order_id, state, sent_at, acknowledged_at, settled_at, watts_before, watts_after)
                WHERE relay_order.order_id = new.order_id AND relay_order.settled_at IS NULL
                AND num_nonnulls(new.sent_at, new.acknowledged_at, new.settled_at)
                    >= num_nonnulls(relay_order.sent_at, relay_order.acknowledged_at)
                """)
        }
    }

    package func order(_ id: Int64) async throws -> RelayOrder? {
        try await database.run { connection in
            try connection.first("\(RelayOrder.columns) WHERE order_id = \(id)", RelayOrder.fromRow)
        }
    }

    /// The last orders of a device, the newest first.
    package func orders(of device: Int64, limit: Int) async throws -> [RelayOrder] {
        try await database.run { connection in
            try connection.query(
                """
                \(RelayOrder.columns) WHERE device_id = \(device) ORDER BY ordered_at DESC, order_id DESC LIMIT \(limit)
                """, RelayOrder.fromRow)
        }
    }

    /// The orders of a device in a period, in order of time.
    package func orders(of device: Int64, in period: Range<Date>) async throws -> [RelayOrder] {
        try await database.run { connection in
            try connection.query(
                """
                \(RelayOrder.columns) WHERE device_id = \(device) AND ordered_at >= \(period.lowerBound)
                    AND ordered_at < \(period.upperBound) ORDER BY ordered_at, order_id
                """, RelayOrder.fromRow)
        }
    }

    /// When an order was last given to open a relay of a device for a moment, whatever became of it.
    package func lastPulse(of device: Int64) async throws -> Date? {
        try await database.run { connection in
            try connection.first(
                """
                SELECT ordered_at FROM relay_order WHERE device_id = \(device) AND pulse_ms IS NOT NULL
                ORDER BY ordered_at DESC LIMIT 1
                """, { (at: Date) in at })
        }
    }

    /// The orders of all devices that have not settled, the oldest first: a daemon that starts gives them to its boards.
    package func unsettled() async throws -> [RelayOrder] {
        try await database.run { connection in
            try connection.query(
                "\(RelayOrder.columns) WHERE settled_at IS NULL ORDER BY ordered_at, order_id", RelayOrder.fromRow)
        }
    }
}

extension RelayOrder {
    fileprivate static let columns: SQL = """
        SELECT order_id, device_id, relay, is_on, author, reason, ordered_at, expires_at, state, sent_at, acknowledged_at,
               settled_at, watts_before::float8, watts_after::float8, pulse_ms::bigint, pulse_below_a
        FROM relay_order
        """

    fileprivate static func fromRow(
        _ id: Int64, _ device: Int64, _ relay: Int16, _ isOn: Bool, _ author: String, _ reason: String,
        _ orderedAt: Date, _ expiresAt: Date, _ state: String, _ sentAt: Date?, _ acknowledgedAt: Date?,
        _ settledAt: Date?, _ wattsBefore: Double?, _ wattsAfter: Double?, _ pulse: Int?, _ belowAmperes: Double?
    ) throws -> RelayOrder {
        guard let state = State(rawValue: state), state.isFinal == (settledAt != nil) else {
            throw StoreError(.unreadable, "the order \(id) has the state '\(state)'")
        }
        let draft = RelayOrderDraft(
            device: device, relay: try Relay(stored: relay), isOn: isOn, author: author, reason: reason,
            orderedAt: orderedAt, expiresAt: expiresAt,
            pulse: pulse.map { RelayPulse(milliseconds: $0, belowAmperes: belowAmperes ?? 0) })
        return RelayOrder(
            id: id, draft, state: state, sentAt: sentAt, acknowledgedAt: acknowledgedAt, settledAt: settledAt,
            wattsBefore: wattsBefore, wattsAfter: wattsAfter)
    }
}

extension Relay {
    init(stored number: Int16) throws {
        guard let relay = Relay(rawValue: number) else {
            throw StoreError(.unreadable, "there is no relay with the number \(number)")
        }
        self = relay
    }
}
