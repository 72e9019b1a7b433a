package import Control
package import Foundation
import Notices
package import Postgres

/// The alerts of households, each with who saw it and how it ended.
package struct AlertStore: Sendable {
    private let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Keeps an alert that has opened.
    ///
    /// - Returns: its number.
    package func open(_ alert: Alert) async throws -> Int64 {
        let (condition, key) = (alert.condition, alert.condition.key)
        let id = try await database.run { connection in
            try connection.first(
                """
                INSERT INTO alert (household_id, device_id, kind, severity, socket, probability, observed, usual, sentence,
                                   opened_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by, probed_at,
                                   probe_socket, probe_probability)
                VALUES (\(alert.household), \(key.device), \(key.kind.rawValue), \(condition.severity.rawValue),
                        \(key.socket.rawValue), \(condition.probability)::float8::real, \(condition.observed),
                        \(condition.usual), \(alert.sentence), \(alert.openedAt), \(alert.acknowledgedAt),
                        \(alert.acknowledgedBy), \(alert.resolvedAt), \(alert.resolvedBy), \(alert.probe?.at),
                        \(alert.probe?.socket?.rawValue), \(alert.probe?.probability)::float8::real)
                RETURNING alert_id
                """, { (id: Int64) in id })
        }
        guard let id else { throw StoreError(.absent, "the alert has no number") }
        return id
    }

    /// Notes that a person has seen an open alert.
    ///
    /// - Returns: false when it had been seen or resolved before, or never was.
    @discardableResult
    package func acknowledge(_ id: Int64, by person: String, at now: Date) async throws -> Bool {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE alert SET acknowledged_at = \(now), acknowledged_by = \(person)
                WHERE alert_id = \(id) AND acknowledged_at IS NULL AND resolved_at IS NULL
                """) == 1
        }
    }

    /// Notes what opening a relay for a moment told of an alert, and how it is told since.
    ///
    /// - Returns: false when there is no such alert.
    @discardableResult
    package func note(_ probe: AlertProbe, of id: Int64, saying sentence: String) async throws -> Bool {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE alert SET probed_at = \(probe.at), probe_socket = \(probe.socket?.rawValue),
                    probe_probability = \(probe.probability)::float8::real, sentence = \(sentence)
                WHERE alert_id = \(id)
                """) == 1
        }
    }

    /// Notes that an alert is over.
    ///
    /// - Parameter person: nil when the condition ended by itself.
    /// - Returns: false when it was over before, or never was.
    @discardableResult
    package func resolve(_ id: Int64, by person: String? = nil, at now: Date) async throws -> Bool {
        try await database.run { connection in
            try connection.execute(
                """
                UPDATE alert SET resolved_at = \(now), resolved_by = \(person)
                WHERE alert_id = \(id) AND resolved_at IS NULL
                """) == 1
        }
    }

    package func alert(_ id: Int64) async throws -> Alert? {
        try await database.run { connection in
            try connection.first("\(Alert.columns) WHERE alert_id = \(id)", Alert.fromRow)
        }
    }

    /// The last alerts of a household, the newest first.
    package func alerts(of household: Int64, limit: Int) async throws -> [Alert] {
        try await alerts("WHERE household_id = \(household) ORDER BY opened_at DESC, alert_id DESC LIMIT \(limit)")
    }

    /// The alerts of a household that opened in a period, in order of time.
    package func alerts(of household: Int64, in period: Range<Date>) async throws -> [Alert] {
        try await alerts(
            """
            WHERE household_id = \(household) AND opened_at >= \(period.lowerBound) AND opened_at < \(period.upperBound)
            ORDER BY opened_at, alert_id
            """)
    }

    /// The alerts that are not resolved, the newest first, of one household or of all.
    package func openAlerts(of household: Int64? = nil) async throws -> [Alert] {
        try await alerts(
            """
            WHERE resolved_at IS NULL AND household_id = coalesce(\(household), household_id)
            ORDER BY opened_at DESC, alert_id DESC
            """)
    }

    /// What a daemon that starts gives to the books of alerts: all that is open, and what was resolved after `instant`.
    package func openOrResolved(after instant: Date) async throws -> [Alert] {
        try await alerts("WHERE resolved_at IS NULL OR resolved_at > \(instant) ORDER BY opened_at, alert_id")
    }

    private func alerts(_ condition: SQL) async throws -> [Alert] {
        try await database.run { connection in
            try connection.query("\(Alert.columns) \(condition)", Alert.fromRow)
        }
    }
}

extension Alert {
    fileprivate static let columns: SQL = """
        SELECT alert_id, household_id, device_id, kind, severity, socket, probability::float8, observed, usual, sentence,
               opened_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by, probed_at, probe_socket,
               probe_probability::float8
        FROM alert
        """

    fileprivate static func fromRow(
        _ id: Int64, _ household: Int64, _ device: Int64?, _ kind: String, _ severity: String, _ socket: String,
        _ probability: Double?, _ observed: Double?, _ usual: Double?, _ sentence: String, _ openedAt: Date,
        _ acknowledgedAt: Date?, _ acknowledgedBy: String?, _ resolvedAt: Date?, _ resolvedBy: String?,
        _ probedAt: Date?, _ found: String?, _ foundProbability: Double?
    ) throws -> Alert {
        guard let kind = NoticeKind(rawValue: kind), let severity = NoticeSeverity(rawValue: severity),
            let socket = NoticeSocket(rawValue: socket)
        else { throw StoreError(.unreadable, "the alert \(id) of kind '\(kind)' cannot be read") }
        let condition = AlertCondition(
            AlertCondition.Key(device: device, kind: kind, socket: socket), severity: severity,
            probability: probability, observed: observed, usual: usual)
        return Alert(
            id: id, household: household, condition, sentence: sentence, openedAt: openedAt,
            acknowledgedAt: acknowledgedAt, acknowledgedBy: acknowledgedBy, resolvedAt: resolvedAt,
            resolvedBy: resolvedBy,
            probe: probedAt.map {
                AlertProbe(at: $0, socket: found.flatMap { NoticeSocket(rawValue: $0) }, probability: foundProbability)
            })
    }
}
