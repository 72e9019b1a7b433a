package import NIOCore

/// One whole message of a WebSocket, its fragments already joined.
package enum WebSocketMessage: Sendable, Equatable {
    case text(String)
    case binary(ByteBuffer)
}
