/// A member of a room: a session in one of its namespaces.
struct SocketAddress: Hashable, Sendable {
    let session: String
    let namespace: String
}
