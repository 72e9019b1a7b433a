/// Why a session ended.
package enum EngineCloseReason: String, Sendable {
    case closedByClient
    /// The server stops, or the layer above ended the session.
    case closedByServer
    case pingTimeout
    /// No namespace was joined in time.
    case connectTimeout
    /// The client sent what is no packet, or one out of place.
    case wrongPacket
    /// Two GETs or two POSTs at once.
    case overlappingRequests
    /// A held GET was given up, or the WebSocket ended.
    case connectionLost
    /// More waited for the client than may wait.
    case slowReader
}
