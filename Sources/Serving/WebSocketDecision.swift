package import HTTPTypes

/// What becomes of a request that asks to be a WebSocket.
package enum WebSocketDecision: Sendable {
    /// It is a request as any other: the router answers it.
    ///
    /// This is also how to refuse: the route that the request names says why, with a status and a body.
    case ordinary
    /// The protocol is switched.
    case accept(WebSocketAcceptance)
}

/// Decides about each request that asks to be a WebSocket; no other request waits for it.
package typealias WebSocketRouting = @Sendable (HTTPRequest) async -> WebSocketDecision
