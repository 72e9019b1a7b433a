package import Foundation
package import Metering

/// A reading as a device sent it, each field judged by itself; when it was taken is not yet decided.
package struct ReadingUpload: Hashable, Sendable {
    /// Nil when the device could not tell (its own figure was not a number): such a reading is shown and not stored.
    package var register: Energy?
    /// Watts.
    package var power: Float?
    /// Volts.
    package var voltage: Float?
    /// Amperes.
    package var current: Float?
    package var relay1: Bool?
    package var relay2: Bool?
    /// The device's own time.
    package var at: Date?
    /// A number that is new at each start of the device.
    package var bootID: Int32?
    package var sequence: Int64?
    /// Milliseconds since the device started.
    package var uptime: Int64?
    /// Whether the device told its uptime in whole seconds only.
    package var isUptimeCoarse = false
    /// The name of the meter, for a device that carries several.
    package var meter: String?
    /// Amperes at which the device's current sensor ends: what it shows there is the least that flows.
    package var currentLimit: Float?
    /// Milliseconds for which the device can open a relay and close it again by itself; nil when it does not say that it can.
    package var longestPulse: Int?
    /// The order to open a relay for a moment that the device tells of.
    package var pulse: Int64?
    /// Watts before the relay was opened, and while it was.
    package var pulseBefore: Float?
    package var pulseOpen: Float?
    /// Whom the original's devices name; it decides nothing: a device is known by its token.
    package var user: String?

    package init() {}

    package var relays: RelayStates? {
        guard relay1 != nil || relay2 != nil else { return nil }
        var states: RelayStates = []
        if relay1 == true { states.insert(.first) }
        if relay2 == true { states.insert(.second) }
        return states
    }

    var isEmpty: Bool {
        register == nil && power == nil && voltage == nil && current == nil
    }
}
