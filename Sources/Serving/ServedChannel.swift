import HTTPTypes
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import ServiceLifecycle

/// One connection: HTTP/1.1 that may become a WebSocket, over TLS or plain.
///
/// An ordinary connection runs in the very pipeline and loop of Hummingbird's `HTTP1Channel`.
package struct ServedChannel: HTTPChannelHandler {
    package let responder: HTTPChannelHandler.Responder
    private let settings: ServedChannelSettings

    package init(_ settings: ServedChannelSettings, responder: @escaping HTTPChannelHandler.Responder) {
        self.settings = settings
        self.responder = responder
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<ServedConnection> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            if let tls = settings.tls {
                try pipeline.addHandler(tls.makeHandler())
            }
            let encoder = HTTPResponseEncoder()
            let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
            let codec = HTTP1ToHTTPServerCodec(secure: settings.tls != nil)
            let idleTimeout = settings.idleTimeout.map(Duration.init)
            let watch = HTTPConnectionStateHandler(idleTimeout: idleTimeout, logger: logger)
            let pipelines = UpgradeGate.Pipelines(http: Self.wrap) { channel, acceptance in
                pipeline.removeHandler(codec, promise: nil)
                pipeline.removeHandler(watch, promise: nil)
                return try WebSocketUpgrade(
                    channel, acceptance, maximumSize: settings.maximumMessageSize, replacing: encoder, decoder)
            }
            let negotiated = channel.eventLoop.makePromise(of: ServedConnection.Negotiated.self)
            try pipeline.addHandlers([
                encoder, decoder, codec, watch, UpgradeGate(negotiated, settings.webSockets, pipelines),
            ])
            return ServedConnection(channel: channel, negotiated: negotiated.futureResult)
        }
    }

    package func handle(value: ServedConnection, logger: Logger) async {
        do {
            switch try await value.negotiated.get() {
            case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
            case .webSocket(let channel, let handler): try await run(handler, over: channel)
            }
        } catch {
            logger.trace("A connection ended early", metadata: ["error": "\(error)"])
        }
    }

    private static func wrap(_ channel: any Channel) throws -> ServedConnection.Negotiated {
        .http(
            try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
    }

    /// Lends the connection to its handler, then closes it in order.
    ///
    /// A server that stops tells the peer that it goes away; the handler sees its messages end.
    private func run(
        _ handler: @Sendable (WebSocketPeer) async -> Void,
        over channel: NIOAsyncChannel<WebSocketMessage, WebSocketOutput>
    ) async throws {
        try await channel.executeThenClose { inbound, outbound in
            let peer = WebSocketPeer(inbound, outbound, over: channel.channel)
            await withTaskCancellationHandler {
                await withGracefulShutdownHandler {
                    await handler(peer)
                } onGracefulShutdown: {
                    peer.close(.goingAway)
                }
            } onCancel: {
                peer.cut()
            }
            peer.close(.normal)
            try await channel.channel.closeFuture.get()
        }
    }
}
