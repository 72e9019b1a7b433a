package import Notices

/// What was found by opening a relay for a moment.
package struct ProbeFinding: Hashable, Sendable {
    /// The relay that was opened.
    package let relay: Relay
    package let answer: ProbeAnswer
    /// Watts just before; nil when no reading told.
    package let before: Double?
    /// Watts while it was open; nil when no reading told.
    package let open: Double?

    package init(relay: Relay, answer: ProbeAnswer, before: Double? = nil, open: Double? = nil) {
        self.relay = relay
        self.answer = answer
        self.before = before
        self.open = open
    }

    /// The socket behind it; nil where the doubt remains.
    package var socket: NoticeSocket? {
        switch answer {
        case .here: NoticeSocket(relay)
        case .there: NoticeSocket(relay.other)
        case .both, .moved, .lost: nil
        }
    }
}
