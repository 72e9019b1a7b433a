import HTTPTypes
import Serving
import SocketIO

extension SocketIOServer {
    /// Twenty characters that nobody guesses and every address may hold.
    static func makeID() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var random = SystemRandomNumberGenerator()
        return String((0..<20).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
    }

    func makeClient(over transport: EngineTransport, _ handshake: HTTPRequest, isBare: Bool) -> Client<User> {
        let now = now
        return Client(
            engine: EngineSession(id: Self.makeID(), over: transport, settings.engine, at: now),
            sockets: SocketSession(settings.engine, at: now), handshake: handshake, isBare: isBare)
    }

    func close(_ id: String, _ reason: EngineCloseReason) {
        clients[id]?.engine.close(reason)
        settle(id)
    }

    /// Lets out what a change of the session made ready: to be called after every one.
    func settle(_ id: String) {
        if let poll = clients[id]?.poll, let answer = clients[id]?.engine.release(at: now) {
            poll.yield(answer)
            poll.finish()
            clients[id]?.poll = nil
        }
        guard let engine = clients[id]?.engine else { return }
        if let reason = engine.closed {
            end(id, reason)
        } else if engine.transport == .webSocket {
            clients[id]?.writer?.yield()
        } else if !engine.isProbed, let peer = clients[id]?.peer {
            // It probed, and did not take over in time.
            peer.close(.normal)
            clients[id]?.peer = nil
        }
    }

    private func end(_ id: String, _ reason: EngineCloseReason) {
        guard let client = clients.removeValue(forKey: id) else { return }
        for namespace in client.memberships.keys { leaveRooms(client.memberships[namespace], of: id) }
        client.writer?.finish()
        client.peer?.close(reason.webSocketCode)
        logger.debug("A session ended", metadata: ["session": "\(id)", "reason": "\(reason.rawValue)"])
    }
}

extension EngineCloseReason {
    /// What the client's WebSocket is told.
    fileprivate var webSocketCode: WebSocketCloseCode {
        switch self {
        case .closedByServer: .goingAway
        case .wrongPacket: .protocolError
        case .slowReader: .policyViolation
        default: .normal
        }
    }
}
