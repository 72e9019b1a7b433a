/// The namespaces of one client: which it asked for, which it joined.
///
/// As `EngineSession` it does no I/O and reads no clock.
package struct SocketSession: Sendable {
    private enum Standing {
        case asked, joined
    }

    private var assembler: PacketAssembler
    private var namespaces: [String: Standing] = [:]
    private var connectDue: Duration?

    package init(_ settings: EngineSettings, at now: Duration) {
        assembler = PacketAssembler(maximumSize: settings.maxPayload)
        connectDue = now + settings.connectTimeout
    }

    /// When a client that joined nothing has had its time; nil once it joined.
    package var deadline: Duration? { connectDue }

    package func isLate(at now: Duration) -> Bool {
        connectDue.map { $0 <= now } ?? false
    }

    /// Takes a message; gives what the client wants, if it wants anything.
    package mutating func receive(_ message: EngineMessage) throws(SocketFault) -> SocketDemand? {
        guard let packet = try assembler.take(message) else { return nil }
        let standing = namespaces[packet.namespace]
        switch packet.content {
        case .connect(let auth):
            guard standing == nil else { throw .notJoined }
            namespaces[packet.namespace] = .asked
            return .join(namespace: packet.namespace, auth: auth)
        case .disconnect:
            namespaces[packet.namespace] = nil
            return .leave(namespace: packet.namespace)
        case .event(let event, let ack):
            guard standing == .joined else { throw .notJoined }
            return .event(event, namespace: packet.namespace, ack: ack)
        case .ack:
            // The server asks for none, so there is nothing that this could answer.
            return nil
        case .connectError:
            throw .unknownType
        }
    }

    /// The client may use the namespace from now on; false when it left while that was decided.
    package mutating func join(_ namespace: String) -> Bool {
        guard namespaces[namespace] == .asked else { return false }
        namespaces[namespace] = .joined
        connectDue = nil
        return true
    }

    /// The client was refused; it may ask again.
    package mutating func refuse(_ namespace: String) {
        namespaces[namespace] = nil
    }
}
