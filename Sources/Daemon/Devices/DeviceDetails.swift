import Control
import Foundation
import Metering
import Store

/// What the pages call a device and its sockets, and whose it is.
struct DeviceDetails: Hashable, Sendable {
    let device: Device
    let household: HouseholdPlace?

    var householdSlug: String? { household?.slug }
    var socketNames: [String] { device.socketNames }

    /// How alerts call it.
    var place: AlertPlace {
        AlertPlace(device: device.name, sockets: PerRelay(device.socketNames[0], device.socketNames[1]))
    }

    var neverCut: Set<Relay> {
        Set(Relay.allCases.filter(device.neverCut.contains))
    }
}
