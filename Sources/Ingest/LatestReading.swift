package import Foundation
package import Metering

/// What a device told last; shown as long as it is fresh, and with its age when it is not.
package struct LatestReading: Hashable, Sendable {
    package let at: Date
    /// When it came.
    package let arrival: Date
    package let register: Energy?
    /// Watts.
    package let power: Float?
    /// Volts.
    package let voltage: Float?
    /// Amperes.
    package let current: Float?
    package let relay1: Bool?
    package let relay2: Bool?

    init(_ placed: PlacedUpload, arrival: Date, after earlier: LatestReading?) {
        at = placed.at
        self.arrival = arrival
        register = placed.upload.register ?? earlier?.register
        power = placed.upload.power
        voltage = placed.upload.voltage
        current = placed.upload.current
        relay1 = placed.upload.relay1
        relay2 = placed.upload.relay2
    }
}
