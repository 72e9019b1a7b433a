package import Foundation

/// What a household is or was told of: opened, perhaps acknowledged, and resolved.
package struct Alert: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        case open, acknowledged, resolved
    }

    /// Nil until the database has numbered it.
    package internal(set) var id: Int64?
    package let household: Int64
    package let condition: AlertCondition
    package let sentence: String
    package let openedAt: Date
    package private(set) var acknowledgedAt: Date?
    package private(set) var acknowledgedBy: String?
    package private(set) var resolvedAt: Date?
    /// Who resolved it; nil when the condition ended by itself.
    package private(set) var resolvedBy: String?

    package init(
        id: Int64? = nil, household: Int64, _ condition: AlertCondition, sentence: String, openedAt: Date,
        acknowledgedAt: Date? = nil, acknowledgedBy: String? = nil, resolvedAt: Date? = nil, resolvedBy: String? = nil
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
    }

    package var state: State {
        resolvedAt != nil ? .resolved : acknowledgedAt != nil ? .acknowledged : .open
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

    mutating func resolve(by person: String?, at now: Date) {
        precondition(state != .resolved, "an alert is resolved once")
        resolvedAt = now
        resolvedBy = person
    }
}
