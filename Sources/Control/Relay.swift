package import Metering

/// One of a device's two relays, each of which switches one socket.
package enum Relay: Int16, CaseIterable, Codable, Sendable {
    case first = 1
    case second = 2

    package var other: Relay {
        self == .first ? .second : .first
    }
}

extension RelayStates {
    /// Whether this relay is closed.
    package func contains(_ relay: Relay) -> Bool {
        contains(relay == .first ? RelayStates.first : RelayStates.second)
    }
}
