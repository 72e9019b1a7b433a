import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1
import NIOWebSocket

extension WebSocketAcceptance {
    /// NIO's upgrader for the request that this was decided about.
    ///
    /// - Parameter maximumSize: of a message, in bytes.
    func upgrader(maximumSize: Int) -> NIOTypedWebSocketServerUpgrader<ServedConnection.Negotiated> {
        NIOTypedWebSocketServerUpgrader(maxFrameSize: maximumSize, enableAutomaticErrorHandling: false) { channel, _ in
            channel.eventLoop.makeSucceededFuture(HTTPHeaders(headers))
        } upgradePipelineHandler: { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(WebSocketMessageHandler(maximumSize: maximumSize))
                // Two messages at most wait for their handler: they may be large.
                let webSocket = try NIOAsyncChannel<WebSocketMessage, WebSocketOutput>(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)))
                return ServedConnection.Negotiated.webSocket(webSocket, handler: handler)
            }
        }
    }
}
