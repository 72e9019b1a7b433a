import HTTPTypes
package import Hummingbird
import NIOCore
import ServiceLifecycle
import SocketIO

extension SocketIOServer {
    /// Adds `/socket.io/` to a router, for polling, for what browsers ask beforehand, and for refusals.
    ///
    /// Give `webSocket` to the channel besides: a WebSocket never gets as far as a router.
    package nonisolated func addRoutes(to router: some RouterMethods) {
        let paths: [RouterPath] = settings.isConformanceServer ? ["socket.io", "engine.io"] : ["socket.io"]
        for path in paths {
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options] {
                router.on(path, method: method) { request, _ in await self.respond(to: request) }
            }
        }
    }

    private nonisolated func respond(to request: Request) async -> Response {
        guard let path = SocketIOPath(request.head, settings) else { return Response(status: .notFound) }
        var response = await answer(request, path)
        guard let origin = request.headers[.origin], path.origins.allow(request.head) else { return response }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlAllowCredentials] = "true"
        response.headers[.vary] = "Origin"
        return response
    }

    private nonisolated func answer(_ request: Request, _ path: SocketIOPath) async -> Response {
        if request.method == .options { return preflight(request) }
        guard path.origins.allow(request.head) else { return refused(.forbidden) }
        let engine = EngineRequest(request.head)
        let isUpgrade = request.headers[.upgrade] != nil
        if let refusal = engine.refusal(isUpgrade: isUpgrade) { return refused(refusal) }
        guard let session = engine.session else { return await handshake(request.head, path) }
        switch request.method {
        // What asks for a WebSocket and still gets here was turned down.
        case _ where isUpgrade: return refused(await clients[session] == nil ? .unknownSession : .badRequest)
        case .get: return await packets(for: session, request)
        case .post: return await take(request, for: session)
        default: return refused(.badRequest)
        }
    }

    private nonisolated func preflight(_ request: Request) -> Response {
        var headers: HTTPFields = [.accessControlAllowMethods: "GET, POST"]
        headers[.accessControlAllowHeaders] = request.headers[.accessControlRequestHeaders]
        return Response(status: .noContent, headers: headers)
    }

    private nonisolated func handshake(_ head: HTTPRequest, _ path: SocketIOPath) async -> Response {
        guard let packets = await handshake(head, isBare: path.isBare) else {
            return Response(status: .serviceUnavailable, headers: [.retryAfter: "5"])
        }
        return text(EnginePacket.body(of: packets))
    }

    private nonisolated func packets(for session: String, _ request: Request) async -> Response {
        switch await poll(session) {
        case .answered(let answer): return response(answer)
        case .held(let answers):
            var response = response(await wait(session, for: answers, request))
            // The connection was watched for its end, and cannot be read any more.
            response.headers[.connection] = "close"
            return response
        }
    }

    private nonisolated func wait(
        _ session: String, for answers: AsyncStream<PollAnswer>, _ request: Request
    ) async -> PollAnswer {
        await withGracefulShutdownHandler {
            do {
                return try await request.body.consumeWithCancellationOnInboundClose { _ in
                    await self.wait(session, for: answers)
                }
            } catch {
                logger.debug("A poll was given up", metadata: ["session": "\(session)", "error": "\(error)"])
                return .refused(.badRequest)
            }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    private nonisolated func take(_ request: Request, for session: String) async -> Response {
        do {
            let body = try await request.body.collect(upTo: settings.engine.maxPayload)
            guard let body = String(validating: body.readableBytesView, as: UTF8.self) else {
                return refused(.badRequest)
            }
            try await post(body, to: session)
            return text("ok")
        } catch let refusal as EngineRefusal {
            return refused(refusal)
        } catch is NIOTooManyBytesError {
            return Response(status: .contentTooLarge)
        } catch {
            logger.debug("A body could not be read", metadata: ["session": "\(session)", "error": "\(error)"])
            return refused(.badRequest)
        }
    }

    private nonisolated func response(_ answer: PollAnswer) -> Response {
        switch answer {
        case .packets(let packets): text(EnginePacket.body(of: packets))
        case .refused(let refusal): refused(refusal)
        }
    }

    private nonisolated func text(_ body: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=UTF-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    private nonisolated func refused(_ refusal: EngineRefusal) -> Response {
        Response(
            status: HTTPResponse.Status(code: refusal.status), headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: refusal.json)))
    }
}
