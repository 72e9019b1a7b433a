import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Waits for the first request of a connection and lays the end of the pipeline that it needs.
///
/// An ordinary request costs one look for an `Upgrade` field: the channel for it is added and the request goes on to
/// it. A request for a WebSocket is held here until the routing has decided about it, because NIO's upgrader drops the
/// request that it does not upgrade, and then nobody could answer it.
final class UpgradeGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    /// What is laid behind the gate, or in the place of all that is there.
    struct Pipelines {
        let http: (any Channel) throws -> ServedConnection.Negotiated
        let webSocket: (any Channel, WebSocketAcceptance) throws -> WebSocketUpgrade
    }

    private enum State {
        case waiting
        /// The routing is asked about this request, of which these parts have come.
        case deciding(HTTPRequest, [HTTPRequestPart])
        case open
    }

    /// A request for a WebSocket is a head and an end; who sends more before the answer is cut off.
    private static let heldParts = 8

    private let routing: WebSocketRouting
    private let pipelines: Pipelines
    private var negotiated: EventLoopPromise<ServedConnection.Negotiated>?
    private var state = State.waiting

    init(
        _ negotiated: EventLoopPromise<ServedConnection.Negotiated>, _ routing: @escaping WebSocketRouting,
        _ pipelines: Pipelines
    ) {
        self.negotiated = negotiated
        self.routing = routing
        self.pipelines = pipelines
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        negotiated?.fail(ServingError(.connectionClosed, "The connection ended before its first request"))
        negotiated = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state {
        case .waiting: begin(context, with: data)
        case .deciding(let request, let parts): hold(unwrapInboundIn(data), behind: parts, of: request, context)
        case .open: context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .waiting:
            // What cannot be parsed is answered like any other bad request.
            openHTTP(context)
            context.fireErrorCaught(error)
        case .deciding: context.close(promise: nil)
        case .open: context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .open = state {
            context.fireUserInboundEventTriggered(event)
        } else if let event = event as? ChannelEvent, event == .inputClosed {
            context.close(promise: nil)
        }
    }

    private func begin(_ context: ChannelHandlerContext, with data: NIOAny) {
        guard case .head(let request) = unwrapInboundIn(data), request.mayEndConnection else {
            openHTTP(context)
            return context.fireChannelRead(data)
        }
        guard request.asksForWebSocket else {
            openHTTP(context)
            return context.fireChannelRead(wrapInboundOut(.head(request.asOrdinary)))
        }
        state = .deciding(request, [.head(request.asOrdinary)])
        let routing = routing
        context.eventLoop.makeFutureWithTask {
            await routing(request)
        }.assumeIsolated().whenSuccess { self.decided($0, context) }
    }

    private func hold(
        _ part: HTTPRequestPart, behind parts: [HTTPRequestPart], of request: HTTPRequest,
        _ context: ChannelHandlerContext
    ) {
        guard parts.count < Self.heldParts else { return context.close(promise: nil) }
        state = .deciding(request, parts + [part])
    }

    private func decided(_ decision: WebSocketDecision, _ context: ChannelHandlerContext) {
        guard case .deciding(let request, let parts) = state, negotiated != nil else { return }
        switch decision {
        case .accept(let acceptance): openWebSocket(context, request, acceptance)
        case .ordinary:
            openHTTP(context)
            for part in parts { context.fireChannelRead(wrapInboundOut(part)) }
            context.fireChannelReadComplete()
        }
    }

    private func openHTTP(_ context: ChannelHandlerContext) {
        open(context) { $0.succeed(try pipelines.http(context.channel)) }
    }

    private func openWebSocket(
        _ context: ChannelHandlerContext, _ request: HTTPRequest, _ acceptance: WebSocketAcceptance
    ) {
        open(context) { promise in
            let upgrade = try pipelines.webSocket(context.channel, acceptance)
            upgrade.result.cascade(to: promise)
            try upgrade.begin(request, context)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
    }

    /// Settles what the connection is; a pipeline that cannot be laid ends it.
    private func open(
        _ context: ChannelHandlerContext, lay: (EventLoopPromise<ServedConnection.Negotiated>) throws -> Void
    ) {
        guard let promise = negotiated else { return }
        negotiated = nil
        state = .open
        do {
            try lay(promise)
        } catch {
            promise.fail(error)
            context.close(promise: nil)
        }
    }
}
