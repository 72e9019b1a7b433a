package import Foundation
package import Notices

/// What a household is or was told of: opened, perhaps acknowledged, and resolved.
package struct Alert: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        case open, acknowledged, resolved
    }

    /// Nil until the database has numbered it.
    package internal(set) var id: Int64?
    package let household: Int64
    package let condition: AlertCondition
    package private(set) var sentence: String
    package let openedAt: Date
    package private(set) var acknowledgedAt: Date?
    package private(set) var acknowledgedBy: String?
    package private(set) var resolvedAt: Date?
    /// Who resolved it; nil when the condition ended by itself.
    package private(set) var resolvedBy: String?
    /// That a socket was switched off for a moment to find out; nil when none was.
    package private(set) var probe: AlertProbe?

    package init(
        id: Int64? = nil, household: Int64, _ condition: AlertCondition, sentence: String, openedAt: Date,
        acknowledgedAt: Date? = nil, acknowledgedBy: String? = nil, resolvedAt: Date? = nil, resolvedBy: String? = nil,
        probe: AlertProbe? = nil
    ) {
        self.id = id
        self.household = household
        self.condition = condition
        self.sentence = sentence
        self.openedAt = openedAt
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
        self.resolvedAt = resolvedAt
        self.resolvedBy = resolvedBy
        self.probe = probe
    }

    /// The socket behind it, as far as is known now; ``condition`` keeps the one that was named at first.
    package var socket: NoticeSocket { probe?.socket ?? condition.key.socket }
    /// That ``socket`` is the right one, 0 to 1; nil where none is named.
    package var probability: Double? { probe?.probability ?? condition.probability }

    package var state: State {
        resolvedAt != nil ? .resolved : acknowledgedAt != nil ? .acknowledged : .open
    }

    /// The same, as the database has numbered it.
    package func numbered(_ id: Int64) -> Alert {
        var alert = self
        alert.id = id
        return alert
    }

    /// Puts alerts into one order, whatever order they come in.
    var place: (Date, Int64, String, String) {
        (openedAt, condition.key.device ?? 0, condition.key.kind.rawValue, condition.key.socket.rawValue)
    }

    mutating func acknowledge(by person: String, at now: Date) {
        precondition(state == .open, "an alert is acknowledged once")
        acknowledgedAt = now
        acknowledgedBy = person
    }

    /// Notes what opening a relay for a moment told.
    mutating func note(_ found: AlertProbe, saying sentence: String) {
        precondition(state != .resolved, "an alert that is over is history")
        probe = found
        self.sentence = sentence
    }

    mutating func resolve(by person: String?, at now: Date) {
        precondition(state != .resolved, "an alert is resolved once")
        resolvedAt = now
        resolvedBy = person
    }
}
