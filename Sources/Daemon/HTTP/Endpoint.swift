import HTTPTypes
import Hummingbird

/// Who may call a route. What belongs to one household is besides checked by the route itself.
package enum Audience: String, Sendable, CaseIterable {
    /// Anybody.
    case open
    /// A device, by its own token.
    case device
    /// Whoever is logged in.
    case person
    /// An administrator.
    case admin
    /// Whoever is logged in; anybody while the original's way is switched on.
    case legacy
}

/// A route of the daemon: the router, the description of the interface and the test of who may do what are made from these.
struct Endpoint: Sendable {
    struct Parameter: Sendable {
        enum Place: String {
            case path, query
        }

        let name: String
        let place: Place
        let shape: Shape
        let about: String
    }

    let method: HTTPRequest.Method
    /// With its parameters in braces: `/v1/orders/{order}`.
    let path: String
    let audience: Audience
    /// One sentence.
    let summary: String
    var query: [Parameter] = []
    var body: Shape?
    var answer: Shape = .object([("success", .boolean)])
    /// What it answers with when it is not JSON.
    var contentType = "application/json"
    let handle: @Sendable (Call) async throws -> Response

    /// The parameters of the path: all are whole numbers but for those of the original, which are texts.
    var pathParameters: [Parameter] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            return Parameter(
                name: name, place: .path,
                shape: name == "user" ? .text : .integer(name == "relay" ? 1...2 : 1...Int.max),
                about: "The \(name).")
        }
    }

    static func get(
        _ path: String, _ audience: Audience, _ summary: String, query: [Parameter] = [], answer: Shape,
        _ handle: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, audience: audience, summary: summary, query: query, answer: answer, handle: handle
        )
    }

    static func post(
        _ path: String, _ audience: Audience, _ summary: String, body: Shape? = nil,
        answer: Shape = .object([("success", .boolean)]), _ handle: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, audience: audience, summary: summary, body: body, answer: answer, handle: handle)
    }
}

extension Endpoint.Parameter {
    static func query(_ name: String, _ shape: Shape, _ about: String) -> Endpoint.Parameter {
        Endpoint.Parameter(name: name, place: .query, shape: shape, about: about)
    }
}
