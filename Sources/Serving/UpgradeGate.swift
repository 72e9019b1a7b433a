import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Waits for the first request of a connection and lays the pipeline that it needs.
///
/// An ordinary request costs one look for an `Upgrade` field: its handlers are added, the request goes on to them,
/// and the gate is gone. A request for a WebSocket is held here until the routing has decided about it, because NIO's
/// upgrader drops the request that it does not upgrade, and then nobody could answer it.
final class UpgradeGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// Lays the handlers of a kind of connection behind the gate.
    typealias Layer<Kind> = (any Channel, Kind) throws -> EventLoopFuture<ServedConnection.Negotiated>

    private enum State {
        case waiting
        /// The parts of the request that the routing is asked about.
        case deciding([NIOAny])
        case open
    }

    /// A request for a WebSocket is a head and an end; who sends more before the answer is cut off.
    private static let heldParts = 8

    private let settings: ServedChannelSettings
    private let layHTTP: Layer<Void>
    private let layWebSocket: Layer<WebSocketAcceptance>
    private var negotiated: EventLoopPromise<ServedConnection.Negotiated>?
    private var timeout: Scheduled<Void>?
    private var state = State.waiting

    init(
        _ negotiated: EventLoopPromise<ServedConnection.Negotiated>, _ settings: ServedChannelSettings,
        layHTTP: @escaping Layer<Void>, layWebSocket: @escaping Layer<WebSocketAcceptance>
    ) {
        self.negotiated = negotiated
        self.settings = settings
        self.layHTTP = layHTTP
        self.layWebSocket = layWebSocket
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard let idleTimeout = settings.idleTimeout else { return }
        let channel = context.channel
        timeout = context.eventLoop.scheduleTask(in: idleTimeout) { channel.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timeout?.cancel()
        timeout = nil
        negotiated?.fail(ServingError(.connectionClosed, "The connection ended before its first request"))
        negotiated = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .waiting: begin(context, with: data)
        case .deciding(let parts) where parts.count < Self.heldParts: state = .deciding(parts + [data])
        case .deciding: context.close(promise: nil)
        case .open: context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        // What cannot be parsed is answered like any other bad request.
        case .waiting: open(context, layHTTP, ()) { context.fireErrorCaught(error) }
        case .deciding: context.close(promise: nil)
        case .open: context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: context.close(promise: nil)
        case let event as ChannelEvent where event == .inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func begin(_ context: ChannelHandlerContext, with data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data), head.asksForWebSocket else {
            return open(context, layHTTP, ()) { context.fireChannelRead(asOrdinary(data)) }
        }
        state = .deciding([data])
        let (routing, isSecure) = (settings.webSockets, settings.tls != nil)
        context.eventLoop.makeFutureWithTask {
            await routing(try HTTPRequest(head, secure: isSecure, splitCookie: false))
        }.assumeIsolated().whenComplete { self.decided($0, context) }
    }

    private func decided(_ decision: Result<WebSocketDecision, any Error>, _ context: ChannelHandlerContext) {
        guard case .deciding(let parts) = state, negotiated != nil else { return }
        if case .success(.accept(let acceptance)) = decision {
            open(context, layWebSocket, acceptance) { replay(parts, context) }
        } else {
            open(context, layHTTP, ()) { replay(parts.map(asOrdinary), context) }
        }
    }

    private func replay(_ parts: [NIOAny], _ context: ChannelHandlerContext) {
        for part in parts { context.fireChannelRead(part) }
        context.fireChannelReadComplete()
    }

    private func asOrdinary(_ data: NIOAny) -> NIOAny {
        guard case .head(let head) = unwrapInboundIn(data) else { return data }
        return wrapInboundOut(.head(head.asOrdinary))
    }

    /// Adds the handlers, lets what came go on to them, and leaves; a pipeline that cannot be laid ends the connection.
    private func open<Kind>(_ context: ChannelHandlerContext, _ lay: Layer<Kind>, _ kind: Kind, then go: () -> Void) {
        guard let promise = negotiated else { return }
        negotiated = nil
        state = .open
        do {
            try lay(context.channel, kind).cascade(to: promise)
            go()
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}
