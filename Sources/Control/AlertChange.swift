/// What became of an alert.
package struct AlertChange: Hashable, Sendable {
    package enum Event: String, Sendable {
        case opened, acknowledged, resolved
        /// A socket was switched off for a moment, and told which one it is, or that it cannot be told.
        case probed
        /// Nothing new: the message of an earlier change, held back at night, is due now.
        case due
    }

    package let event: Event
    package let alert: Alert
    /// Whether a message goes out; the live page shows every change.
    package let isTold: Bool

    package init(event: Event, alert: Alert, isTold: Bool) {
        self.event = event
        self.alert = alert
        self.isTold = isTold
    }
}
