package import Analysis
package import Foundation
package import Metering
import Synchronization

/// What a device is to the daemon: whose it is, and which meters it carries.
package struct DeviceProfile: Sendable {
    package let id: Int64
    package let name: String
    /// Nil while nobody has claimed it: then nothing of it is stored.
    package let household: Int64?
    /// The household's; one that many devices share, because a calendar is large.
    package let clock: LocalClock
    /// By their names; the first is the one that is meant when a reading names none.
    package let meters: [Meter]

    package var zone: TimeZone { clock.zone }

    package init(id: Int64, name: String, household: Int64?, clock: LocalClock, meters: [Meter]) {
        self.id = id
        self.name = name
        self.household = household
        self.clock = clock
        self.meters = meters
    }
}

/// One device in memory, behind a lock of its own: a reading is taken in microseconds.
package final class DeviceSlot: Sendable {
    private let state: Mutex<DeviceState>

    package init(_ profile: DeviceProfile, rule: WriteRule, alarms: LiveSettings = LiveSettings()) {
        state = Mutex(DeviceState(profile, rule: rule, alarms: alarms))
    }

    package var profile: DeviceProfile {
        state.withLock { $0.profile }
    }

    /// Lends the state to `body`.
    package func withState<Value>(_ body: (inout DeviceState) throws -> sending Value) rethrows -> sending Value {
        try state.withLock { try body(&$0) }
    }
}
