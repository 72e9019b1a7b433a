package import NIOCore

/// The messages of one peer, in the order they came; the sequence ends when the connection does.
///
/// It can be read once, by one task. While nobody asks for the next message the peer is made to wait.
package struct WebSocketMessages: AsyncSequence, Sendable {
    package typealias Element = WebSocketMessage

    let inbound: NIOAsyncChannelInboundStream<WebSocketMessage>

    package func makeAsyncIterator() -> NIOAsyncChannelInboundStream<WebSocketMessage>.AsyncIterator {
        inbound.makeAsyncIterator()
    }
}
