package import Foundation
package import Notices

/// Whether a relay may be opened for a moment to settle doubt about an alert's socket, and which one.
///
/// Every reason against it counts, and what is not known is a reason. The relay is opened by the device itself
/// (``RelayPulse``): one that has to be told again to close it may be out of reach by then.
package struct ProbeRule: Hashable, Sendable {
    /// Sockets that the household lets be switched off for a moment.
    package var consent: Set<Relay>
    /// Amperes that the device's relays may break.
    package var rating: Double
    /// Milliseconds that the device can hold a relay open by itself; nil for one that cannot.
    package var longestPulse: Int?
    /// When a relay of the device was last opened so, or was to be.
    package var last: Date?
    /// Sockets whose contact did not open when it should have.
    package var stuck: Set<Relay>

    package init(
        consent: Set<Relay>, rating: Double, longestPulse: Int?, last: Date? = nil, stuck: Set<Relay> = []
    ) {
        self.consent = consent
        self.rating = rating
        self.longestPulse = longestPulse
        self.last = last
        self.stuck = stuck
    }

    /// Below this probability of its socket an alert is in doubt.
    package static let doubt = 0.9
    /// Seconds from one try at a device to the next.
    package static let interval = 3600.0
    /// Milliseconds for which a relay is open: sensors measure each second.
    package static let milliseconds = 3000
    /// What one socket alone is behind. Where both together are too much, both are named already.
    package static let kinds: Set<NoticeKind> = [.heavier, .leftOn, .spike]

    /// The pulse that an order carries.
    package var pulse: RelayPulse { RelayPulse(milliseconds: Self.milliseconds, belowAmperes: rating) }

    /// The relay to open: of two that may be, the likelier one, because a fall of the power tells more than none.
    ///
    /// - Throws: ``ProbeRefusal``.
    package func relay(for alert: AlertCondition, on board: RelayBoard, at now: Date) throws(ProbeRefusal) -> Relay {
        guard Self.kinds.contains(alert.key.kind) else { throw .kind }
        guard alert.probability ?? 0 < Self.doubt else { throw .noDoubt }
        let allowed = consent.filter { !board.isNeverCut[$0] }
        guard !allowed.isEmpty else { throw consent.isEmpty ? .noConsent : .neverCut }
        guard let longestPulse, longestPulse >= Self.milliseconds else { throw .cannotPulse }
        if let last, now.timeIntervalSince(last) < Self.interval { throw .tooSoon }
        try check(board)
        return allowed.contains(where: { $0 == alert.key.socket.relay })
            ? alert.key.socket.relay ?? .first : allowed.contains(.first) ? .first : .second
    }

    private func check(_ board: RelayBoard) throws(ProbeRefusal) {
        guard stuck.isEmpty else { throw .stuck }
        guard board.isCutOff == PerRelay(false, false) else { throw .cutOff }
        guard board.orders == PerRelay(nil, nil) else { throw .ordered }
        guard board.reported == PerRelay(true, true) else { throw .notOn }
        guard let amperes = board.amperes else { throw .unknownCurrent }
        guard amperes < rating else { throw .aboveRating }
        guard board.isSteady else { throw .unsteady }
    }
}
