package import HTTPTypes
package import SocketIO

/// A client's wish to join a namespace.
package struct ConnectRequest: Sendable {
    package let namespace: String
    /// The object that the client sent to say who it is; an empty one when it sent none.
    package let auth: JSONText
    /// The request that the session began with: its cookies, its `Authorization`, its origin.
    package let handshake: HTTPRequest
}
