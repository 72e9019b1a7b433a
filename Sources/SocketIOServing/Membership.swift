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

    /// Keeps an update for later; of the live ones no more than `limit`, the newest.
    mutating func hold(_ update: Update, atMost limit: Int) {
        guard var held = heldBack else { return }
        if held.count >= limit, let oldest = held.firstIndex(where: \.isLive) {
            held.remove(at: oldest)
        }
        held.append(update)
        heldBack = held
    }
}
