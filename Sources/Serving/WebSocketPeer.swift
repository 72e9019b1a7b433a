package import NIOCore

/// The other end of a WebSocket, as a handler sees it.
///
/// Fragments are joined and pings answered before a handler hears of them. When the handler returns, the connection
/// is closed in order.
package struct WebSocketPeer: Sendable {
    /// What the peer sends.
    package let messages: WebSocketMessages
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketOutput>
    private let channel: any Channel

    init(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketMessage>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketOutput>, over channel: any Channel
    ) {
        messages = WebSocketMessages(inbound: inbound)
        self.outbound = outbound
        self.channel = channel
    }

    /// The address the connection came from; nil when it is gone already.
    package var address: SocketAddress? { channel.remoteAddress }

    /// Sends a message; returns when it is handed to the system, so a peer that reads slowly slows its sender.
    ///
    /// Throws when the connection is closed or closing.
    package func send(_ message: WebSocketMessage) async throws {
        try await outbound.write(.message(message))
    }

    /// Asks the peer to close; `messages` ends when it has answered, or five seconds later at the latest.
    ///
    /// It does not wait, not even behind a `send` whose peer reads nothing. What was sent before goes out first.
    package func close(_ code: WebSocketCloseCode) {
        channel.writeAndFlush(WebSocketOutput.close(code), promise: nil)
    }

    /// Cuts the connection without another word.
    package func cut() {
        channel.close(promise: nil)
    }
}
