package import Foundation
package import Metering

/// All that is needed to take a device's readings and to answer it.
package struct DeviceEntry: Hashable, Codable, Sendable {
    package let device: Device
    /// The SHA-256 of its token, in hexadecimal.
    package let tokenHash: String
    /// Nil while it is unclaimed.
    package let household: HouseholdPlace?
    /// Nil while it is unclaimed, and after another device took its place.
    package let meter: Meter?
}

/// What decides how a household's readings are placed in days and written.
package struct HouseholdPlace: Hashable, Codable, Sendable {
    package let id: Int64
    package let slug: String
    package let zone: TimeZone
    package let locale: String

    package var clock: LocalClock { LocalClock(zone: zone) }
}

/// The devices by their numbers, and those of which something stored cannot be read.
package struct DeviceDirectory: Sendable {
    enum Entry: Sendable {
        case device(DeviceEntry)
        case unreadable(UnreadableDevice)
    }

    package let entries: [DeviceEntry]
    package let unreadable: [UnreadableDevice]

    init(_ entries: [Entry]) {
        self.entries = entries.compactMap { if case .device(let entry) = $0 { entry } else { nil } }
        unreadable = entries.compactMap { if case .unreadable(let device) = $0 { device } else { nil } }
    }
}

/// A device of which something stored is not what this version writes, such as its household's zone.
package struct UnreadableDevice: Hashable, Sendable {
    package let id: Int64
    package let reason: String
}
