/// Why a WebSocket was closed, as RFC 6455 numbers the reasons.
package struct WebSocketCloseCode: RawRepresentable, Sendable, Equatable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let normal = WebSocketCloseCode(rawValue: 1000)
    /// The server stops, or a page is left.
    package static let goingAway = WebSocketCloseCode(rawValue: 1001)
    package static let protocolError = WebSocketCloseCode(rawValue: 1002)
    /// A text message that is not UTF-8.
    package static let notText = WebSocketCloseCode(rawValue: 1007)
    package static let policyViolation = WebSocketCloseCode(rawValue: 1008)
    package static let messageTooBig = WebSocketCloseCode(rawValue: 1009)

    /// Whether a peer may send this code: the others are kept for what never travels, such as a lost connection.
    var mayTravel: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
