package import Foundation
package import Metering

/// What a reading of a device tells of its relays and of the power behind them; nil is what it did not tell.
package struct RelayReport: Hashable, Sendable {
    package let at: Date
    /// Watts of both sockets together, and of whatever else hangs behind the sensor.
    package var power: Double?
    /// Amperes through both sockets; nil where nobody can tell, or the sensor is at its end.
    package var amperes: Double?
    /// What was measured while a relay was open for a moment; nil when none was.
    package var pulse: PulseReport?
    /// Whether each relay is reported closed.
    package var states: PerRelay<Bool?>
    /// Changes with each start of the device.
    package var bootID: Int32?
    /// Seconds since the device started.
    package var uptime: Int32?

    package init(
        at: Date, power: Double? = nil, states: PerRelay<Bool?> = PerRelay(nil, nil), bootID: Int32? = nil,
        uptime: Int32? = nil, amperes: Double? = nil, pulse: PulseReport? = nil
    ) {
        self.at = at
        self.power = power
        self.states = states
        self.bootID = bootID
        self.uptime = uptime
        self.amperes = amperes
        self.pulse = pulse
    }

    package init(_ reading: Reading) {
        self.init(
            at: reading.at, power: reading.power.map(Double.init),
            states: PerRelay(reading.relays?.contains(Relay.first), reading.relays?.contains(Relay.second)),
            bootID: reading.bootID, uptime: reading.uptime, amperes: reading.current.map(Double.init))
    }
}
