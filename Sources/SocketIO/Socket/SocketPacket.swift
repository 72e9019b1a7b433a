/// One packet of Socket.IO, version 5.
package struct SocketPacket: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// A client wants to join, or a server lets it.
        case connect(JSONText?)
        case disconnect
        case event(SocketEvent, ack: Int?)
        case ack(SocketArguments, id: Int)
        /// A server does not let a client join.
        case connectError(JSONText)
    }

    package let namespace: String
    package let content: Content

    package init(_ content: Content, in namespace: String) {
        self.content = content
        self.namespace = namespace
    }
}
