package import Foundation
package import Metering

/// What a device with two switched sockets told at one instant; nil is what it did not tell.
package struct LiveReading: Hashable, Sendable {
    package let at: Date
    /// Volts.
    package var voltage: Double?
    /// Amperes.
    package var current: Double?
    /// Amperes at which the current sensor ends.
    package var currentLimit: Double?
    /// Watts: both sockets together, and whatever else hangs behind the sensor.
    package var power: Double?
    package var register: Energy?
    /// Whether the first socket is reported on.
    package var relay1: Bool?
    /// Whether the second socket is reported on.
    package var relay2: Bool?

    package init(
        at: Date, voltage: Double? = nil, current: Double? = nil, currentLimit: Double? = nil,
        power: Double? = nil, register: Energy? = nil,
        relay1: Bool? = nil, relay2: Bool? = nil
    ) {
        self.at = at
        self.voltage = voltage
        self.current = current
        self.currentLimit = currentLimit
        self.power = power
        self.register = register
        self.relay1 = relay1
        self.relay2 = relay2
    }
}
