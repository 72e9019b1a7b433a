/// One packet of Engine.IO, version 4.
package enum EnginePacket: Sendable, Equatable {
    /// The answer to a handshake: JSON with the session's id and times.
    case open(String)
    case close
    case ping(String)
    case pong(String)
    case message(EngineMessage)
    /// The client's word that the WebSocket has taken over from polling.
    case upgrade
    /// Says nothing: it ends a held GET.
    case noop
}
