package import HTTPTypes

/// That a request may become a WebSocket, and who takes it then.
package struct WebSocketAcceptance: Sendable {
    /// What goes with the 101, such as a cookie; the fields of the handshake itself are not for here.
    package let headers: HTTPFields
    /// Owns the connection until it returns.
    package let handler: @Sendable (WebSocketPeer) async -> Void

    package init(headers: HTTPFields = [:], handler: @escaping @Sendable (WebSocketPeer) async -> Void) {
        self.headers = headers
        self.handler = handler
    }
}
