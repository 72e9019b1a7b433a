/// Which of a device's two sockets is behind an alert; raw values as they are stored and sent.
package enum AlertSocket: String, CaseIterable, Sendable {
    case first = "1"
    case second = "2"
    case both
    /// Neither: it is the supply, the sensor, the device or the whole home.
    case none
    /// It cannot be told.
    case unknown

    package init(_ relay: Relay) {
        self = relay == .first ? .first : .second
    }

    /// The relay that would stop it; nil where that is not one.
    package var relay: Relay? {
        switch self {
        case .first: .first
        case .second: .second
        case .both, .none, .unknown: nil
        }
    }
}
