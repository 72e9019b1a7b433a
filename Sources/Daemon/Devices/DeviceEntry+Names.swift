import Control
import Metering
import Store

extension DeviceEntry {
    var householdSlug: String? { household?.slug }
    var socketNames: [String] { device.socketNames }

    /// How alerts call it.
    var place: AlertPlace {
        AlertPlace(device: device.name, sockets: PerRelay(device.socketNames[0], device.socketNames[1]))
    }

    /// The sockets that the household lets be switched off for a moment.
    var mayProbe: Set<Relay> {
        Set(Relay.allCases.filter(device.mayProbe.contains))
    }

    var neverCut: Set<Relay> {
        Set(Relay.allCases.filter(device.neverCut.contains))
    }
}
