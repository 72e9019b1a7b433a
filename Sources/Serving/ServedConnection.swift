import HummingbirdCore
package import NIOCore
import NIOHTTPTypes

/// A connection whose first request has not come yet.
package struct ServedConnection: ServerChildChannelValue {
    /// What the first request made of it.
    enum Negotiated: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case webSocket(
            NIOAsyncChannel<WebSocketMessage, WebSocketOutput>, handler: @Sendable (WebSocketPeer) async -> Void)
    }

    package let channel: any Channel
    let negotiated: EventLoopFuture<Negotiated>
}
