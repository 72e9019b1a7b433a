package import SocketIO

/// What the server does for its clients.
///
/// The messages of one client are handled one after the other, in order; the next is read when the handler is done, so
/// a handler should not take long.
package struct SocketIOHandlers<User: Sendable>: Sendable {
    /// Says whether a client may join. Throw `ConnectRefusal` to tell it why not; any other error reads 'Not authorized'.
    package let authorize: @Sendable (ConnectRequest) async throws -> Admission<User>
    /// What a client is sent as soon as it joined, before anything of its rooms.
    package let greet: @Sendable (ConnectedSocket<User>) async -> [SocketEvent]
    /// Takes an event; what it gives back is the acknowledgement, if the client asked for one.
    package let receive: @Sendable (SocketEvent, ConnectedSocket<User>) async -> SocketArguments?

    package init(
        authorize: @escaping @Sendable (ConnectRequest) async throws -> Admission<User>,
        greet: @escaping @Sendable (ConnectedSocket<User>) async -> [SocketEvent] = { _ in [] },
        receive: @escaping @Sendable (SocketEvent, ConnectedSocket<User>) async -> SocketArguments? = { _, _ in nil }
    ) {
        self.authorize = authorize
        self.greet = greet
        self.receive = receive
    }
}
