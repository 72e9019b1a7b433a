import HTTPTypes
import Serving
import SocketIO

/// All that the server keeps of one session.
struct Client<User: Sendable>: Sendable {
    var engine: EngineSession
    var sockets: SocketSession
    /// The namespaces it joined.
    var memberships: [String: Membership<User>] = [:]
    let handshake: HTTPRequest
    /// Whether it speaks bare Engine.IO, without namespaces: only the conformance suites do.
    let isBare: Bool
    /// Where the GET that is held waits for its answer.
    var poll: AsyncStream<PollAnswer>.Continuation?
    /// Wakes the task that writes to the WebSocket.
    var writer: AsyncStream<Void>.Continuation?
    /// The WebSocket, also while it only probes.
    var peer: WebSocketPeer?
    var isPosting = false

    /// When something has to be done about it.
    var deadline: Duration? {
        [engine.deadline, isBare ? nil : sockets.deadline].compactMap(\.self).min()
    }
}
