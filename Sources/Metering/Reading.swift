package import Foundation

/// What a meter's register showed at one instant, and what else its device measured then.
package struct Reading: Hashable, Sendable {
    package let at: Date
    package let register: Energy
    /// Watts; nil when the device did not tell.
    package var power: Float?
    /// Volts.
    package var voltage: Float?
    /// Amperes.
    package var current: Float?
    /// The state of both relays; nil when the device did not tell.
    package var relays: RelayStates?
    /// Changes with each start of the device.
    package var bootID: Int32?
    /// Counts the device's readings since it started.
    package var sequence: Int64?
    /// Seconds since the device started.
    package var uptime: Int32?

    package init(
        at: Date, register: Energy, power: Float? = nil, voltage: Float? = nil, current: Float? = nil,
        relays: RelayStates? = nil, bootID: Int32? = nil, sequence: Int64? = nil,
        uptime: Int32? = nil
    ) {
        self.at = at
        self.register = register
        self.power = power
        self.voltage = voltage
        self.current = current
        self.relays = relays
        self.bootID = bootID
        self.sequence = sequence
        self.uptime = uptime
    }

    /// Whether the device started anew between the two readings; nil when they do not tell.
    func hasRestarted(since earlier: Reading) -> Bool? {
        if let uptime { return Double(uptime) < at.timeIntervalSince(earlier.at) }
        return Sample(self).hasRestarted(since: Sample(earlier))
    }
}

/// Which of a device's two relays are closed.
package struct RelayStates: OptionSet, Hashable, Codable, Sendable {
    package let rawValue: Int16

    package init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    package static let first = RelayStates(rawValue: 1)
    package static let second = RelayStates(rawValue: 2)
}
