/// How a session's packets travel.
package enum EngineTransport: String, Sendable {
    case polling
    case webSocket = "websocket"
}
