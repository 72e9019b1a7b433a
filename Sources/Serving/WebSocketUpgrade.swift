import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// NIO's upgrader in the pipeline of one connection, about to be told of the request that it is to upgrade.
struct WebSocketUpgrade {
    private typealias Handler = NIOTypedHTTPServerUpgradeHandler<ServedConnection.Negotiated>

    private let handler: Handler

    /// Puts the upgrader at the end of the pipeline, behind the gate.
    ///
    /// - Parameter maximumSize: of a message, in bytes.
    init(
        _ channel: any Channel, _ acceptance: WebSocketAcceptance, maximumSize: Int,
        replacing encoder: HTTPResponseEncoder, _ decoder: ByteToMessageHandler<HTTPRequestDecoder>
    ) throws {
        let upgrader = acceptance.upgrader(maximumSize: maximumSize)
        let configuration = NIOTypedHTTPServerUpgradeConfiguration(upgraders: [upgrader]) { channel in
            // The gate lets nothing through that the upgrader could turn down.
            channel.eventLoop.makeFailedFuture(ServingError(.connectionClosed, "A WebSocket could not be opened"))
        }
        handler = Handler(httpEncoder: encoder, extraHTTPHandlers: [decoder], upgradeConfiguration: configuration)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    var result: EventLoopFuture<ServedConnection.Negotiated> { handler.upgradeResultFuture }

    /// Hands the request on from the gate; the answer goes out before this returns, or soon after.
    func begin(_ request: HTTPRequest, _ gate: ChannelHandlerContext) throws {
        gate.fireChannelRead(NIOAny(HTTPServerRequestPart.head(try HTTPRequestHead(request))))
        gate.fireChannelRead(NIOAny(HTTPServerRequestPart.end(nil)))
    }
}
