/// What a client wants of the server.
package enum SocketDemand: Sendable, Equatable {
    /// To join a namespace; `auth` is the object it sent to say who it is.
    case join(namespace: String, auth: JSONText?)
    case leave(namespace: String)
    /// An event, to be answered if `ack` is there.
    case event(SocketEvent, namespace: String, ack: Int?)
}
