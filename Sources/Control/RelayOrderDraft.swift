package import Foundation

/// An order on its way to being numbered by the database.
package struct RelayOrderDraft: Hashable, Sendable {
    package let device: Int64
    package let relay: Relay
    package let isOn: Bool
    /// The account, `schedule`, or what else wished it.
    package let author: String
    package let reason: String
    package let orderedAt: Date
    /// The device obeys before this instant, or the order has no effect.
    package let expiresAt: Date
    /// For one that opens the relay for a moment only.
    package let pulse: RelayPulse?

    /// - Parameter lifetime: how long the device has to obey.
    package init(
        device: Int64, relay: Relay, isOn: Bool, by author: String, because reason: String, at now: Date,
        lifetime: OrderLifetime, pulse: RelayPulse? = nil
    ) {
        self.init(
            device: device, relay: relay, isOn: isOn, author: author, reason: reason, orderedAt: now,
            expiresAt: now.addingTimeInterval(lifetime.seconds), pulse: pulse)
    }

    package init(
        device: Int64, relay: Relay, isOn: Bool, author: String, reason: String, orderedAt: Date, expiresAt: Date,
        pulse: RelayPulse? = nil
    ) {
        self.device = device
        self.relay = relay
        self.isOn = isOn
        self.author = author
        self.reason = reason
        self.orderedAt = orderedAt
        self.expiresAt = expiresAt
        self.pulse = pulse
    }
}
