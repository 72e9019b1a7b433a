package import Foundation

/// The wish of somebody that a relay be closed or open, and what became of it.
///
/// It is never changed once it has settled.
package struct RelayOrder: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// No answer to the device has carried it yet.
        case queued
        case sent
        /// The device reports the state that was ordered.
        case acknowledged
        /// The power moved as the order says.
        case confirmed
        /// The device obeyed, and the power says nothing about it.
        case unconfirmed
        /// The device says that it obeyed, and the load is still there: the contact did not open.
        case stuck
        /// The device did not obey in time.
        case expired
        /// A newer order for the same relay, or a cut-off, took its place.
        case replaced

        /// Nothing follows this state.
        package var isFinal: Bool {
            switch self {
            case .queued, .sent, .acknowledged: false
            case .confirmed, .unconfirmed, .stuck, .expired, .replaced: true
            }
        }
    }

    package let id: Int64
    package let draft: RelayOrderDraft
    package private(set) var state: State
    package private(set) var sentAt: Date?
    package private(set) var acknowledgedAt: Date?
    package private(set) var settledAt: Date?
    /// Watts before the device obeyed; nil where no reading told.
    package private(set) var wattsBefore: Double?
    /// Watts by which the order was judged; nil where no reading told.
    package private(set) var wattsAfter: Double?

    /// An order that was just given.
    package init(id: Int64, _ draft: RelayOrderDraft) {
        self.init(id: id, draft, state: .queued)
    }

    /// An order as it was kept.
    package init(
        id: Int64, _ draft: RelayOrderDraft, state: State, sentAt: Date? = nil, acknowledgedAt: Date? = nil,
        settledAt: Date? = nil, wattsBefore: Double? = nil, wattsAfter: Double? = nil
    ) {
        self.id = id
        self.draft = draft
        self.state = state
        self.sentAt = sentAt
        self.acknowledgedAt = acknowledgedAt
        self.settledAt = settledAt
        self.wattsBefore = wattsBefore
        self.wattsAfter = wattsAfter
    }

    package var device: Int64 { draft.device }
    package var relay: Relay { draft.relay }
    package var isOn: Bool { draft.isOn }

    /// It opens the relay for a moment only, and the device closes it again by itself.
    package var isPulse: Bool { draft.pulse != nil }

    /// The device has still to obey.
    package var isPending: Bool {
        state == .queued || state == .sent
    }

    mutating func send(at now: Date) {
        precondition(state == .queued, "an order is sent once")
        state = .sent
        sentAt = now
    }

    mutating func acknowledge(at now: Date) {
        precondition(state == .sent, "only what was sent is acknowledged")
        state = .acknowledged
        acknowledgedAt = now
    }

    mutating func settle(as final: State, at now: Date, wattsBefore: Double? = nil, wattsAfter: Double? = nil) {
        precondition(!state.isFinal && final.isFinal, "an order settles once")
        state = final
        settledAt = now
        self.wattsBefore = wattsBefore
        self.wattsAfter = wattsAfter
    }
}
