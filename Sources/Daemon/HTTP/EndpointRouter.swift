import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Logging

/// Answers every request: a route if there is one, else a file of the site.
struct EndpointResponder: HTTPResponder {
    typealias Context = CallContext

    private let routes: any HTTPResponder<CallContext>
    private let premises: Premises

    init(_ endpoints: [Endpoint], _ premises: Premises) {
        let router = Router(context: CallContext.self)
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                try await Self.answer(request, context, endpoint, premises)
            }
        }
        premises.sockets.server.addRoutes(to: router)
        let files = SiteFiles(premises)
        for path: RouterPath in ["/", "/**"] {
            router.get(path) { request, _ in try await files.answer(request, at: premises.now()) }
        }
        routes = router.buildResponder()
        self.premises = premises
    }

    func respond(to request: Request, context: CallContext) async throws -> Response {
        do {
            return try await routes.respond(to: request, context: context)
        } catch {
            return Self.refusal(for: error, premises.logger, request).response
        }
    }

    private static func answer(
        _ request: Request, _ context: CallContext, _ endpoint: Endpoint, _ premises: Premises
    ) async throws -> Response {
        let now = premises.now()
        let person = try await premises.doorkeeper.person(for: endpoint, request, at: now)
        return try await endpoint.handle(Call(request: request, context: context, now: now, person: person))
    }

    /// Nothing internal leaks: what is not a refusal is logged, and told as a fault of ours.
    static func refusal(for error: any Error, _ logger: Logger, _ request: Request) -> Refusal {
        switch error {
        case let refusal as Refusal: return refusal
        case let error as IngestError: return Refusal(error)
        case let error as HTTPError where error.status == .notFound: return .notThere
        case let error as HTTPError:
            return Refusal(error.status, "refused", error.body ?? error.status.reasonPhrase)
        case let error where error.isDatabaseAway:
            return Refusal(
                .serviceUnavailable, "no_database", "The database is away; please try again soon.", retryAfter: 5)
        default:
            logger.error(
                "a request could not be answered",
                metadata: ["path": "\(request.uri.path)", "method": "\(request.method)", "reason": "\(error)"])
            return Refusal(.internalServerError, "fault", "Something went wrong on our side; it was written down.")
        }
    }
}
