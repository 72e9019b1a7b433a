import SocketIO

/// A client's place in a namespace.
struct Membership<User: Sendable>: Sendable {
    let socket: ConnectedSocket<User>
    let rooms: Set<String>
    /// What its rooms were sent while it was being greeted; nil when it has been.
    var heldBack: [Update]?

    struct Update: Sendable {
        let messages: [EngineMessage]
        let isLive: Bool
    }
}
