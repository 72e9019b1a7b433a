/// What the answer to a device says of its relays.
package struct RelayAnswer: Hashable, Sendable {
    /// The state each relay should be in; nil when there is nothing to say.
    package let wanted: PerRelay<Bool?>
    /// Orders that this answer is the first to carry.
    package let changes: [RelayOrder]

    /// The relay that the device is to open for a moment, in this one answer.
    package var pulse: RelayOrder? { changes.first { $0.isPulse && $0.state == .sent } }

    package init(wanted: PerRelay<Bool?>, changes: [RelayOrder]) {
        self.wanted = wanted
        self.changes = changes
    }
}
