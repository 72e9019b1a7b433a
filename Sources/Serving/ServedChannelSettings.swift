package import NIOCore

/// How connections are served.
package struct ServedChannelSettings: Sendable {
    /// Decides about each request that asks to be a WebSocket.
    package var webSockets: WebSocketRouting
    /// The certificate to show; nil serves without TLS.
    package var tls: TLSIdentity?
    /// After how long a connection without a request, or with half of one, is closed; nil waits for ever.
    package var idleTimeout: TimeAmount?
    /// The largest message a WebSocket may send, in bytes; a larger one closes the connection.
    package var maximumMessageSize: Int

    package init(
        webSockets: @escaping WebSocketRouting = { _ in .ordinary }, tls: TLSIdentity? = nil,
        idleTimeout: TimeAmount? = .seconds(60), maximumMessageSize: Int = 1_000_000
    ) {
        self.webSockets = webSockets
        self.tls = tls
        self.idleTimeout = idleTimeout
        self.maximumMessageSize = maximumMessageSize
    }
}
