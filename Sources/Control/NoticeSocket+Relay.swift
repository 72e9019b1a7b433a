package import Notices

extension NoticeSocket {
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
