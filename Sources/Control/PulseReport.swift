/// What a device measured while it held a relay open for a moment.
package struct PulseReport: Hashable, Sendable {
    /// The number of the order.
    package let order: Int64
    /// Watts just before; nil when the device did not open the relay.
    package let before: Double?
    /// Watts while it was open; nil when the sensor told nothing.
    package let open: Double?

    package init(order: Int64, before: Double?, open: Double?) {
        self.order = order
        self.before = before
        self.open = open
    }
}
