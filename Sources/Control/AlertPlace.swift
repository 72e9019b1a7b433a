import Notices

/// The names by which an alert's sentence calls a device and its sockets.
package struct AlertPlace: Hashable, Sendable {
    /// Nil for what concerns the whole household.
    package let device: String?
    package let sockets: PerRelay<String>

    package init(device: String? = nil, sockets: PerRelay<String> = PerRelay("Socket 1", "Socket 2")) {
        self.device = device
        self.sockets = sockets
    }

    /// Who draws the power, at the start of a sentence.
    func name(of socket: NoticeSocket) -> String {
        switch socket {
        case .first: sockets.first
        case .second: sockets.second
        case .both: "\(sockets.first) and \(sockets.second)"
        case .unknown: "One of the sockets"
        case .none: device.map { "\u{201C}\($0)\u{201D}" } ?? "Your home"
        }
    }
}
