import Foundation
import Hummingbird

/// The description of the interface (OpenAPI 3.1), made from the routes themselves.
enum OpenAPIDocument {
    static func bytes(of endpoints: [Endpoint]) throws -> ByteBuffer {
        var paths: [String: [String: Any]] = [:]
        for endpoint in endpoints {
            paths[endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] = operation(endpoint)
        }
        let document: [String: Any] = [
            "openapi": "3.1.0",
            "info": [
                "title": "WattBuddy", "version": "1",
                "description":
                    "Readings in, live data out, relays under control. Errors are JSON that names the field.",
            ],
            "paths": paths,
            "components": [
                "schemas": ["Error": error.schema],
                "securitySchemes": [
                    "device": ["type": "http", "scheme": "bearer", "description": "The token of a device."],
                    "person": ["type": "http", "scheme": "bearer", "description": "The token that a login gives."],
                    "session": ["type": "apiKey", "in": "cookie", "name": SessionCookie.name],
                ],
            ],
        ]
        let data = try JSONSerialization.data(
            withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
        return ByteBuffer(bytes: data)
    }

    private static func operation(_ endpoint: Endpoint) -> [String: Any] {
        var operation: [String: Any] = [
            "summary": endpoint.summary,
            "x-audience": endpoint.audience.rawValue,
            "security": security(endpoint.audience),
            "responses": responses(endpoint),
        ]
        let parameters = endpoint.pathParameters + endpoint.query
        if !parameters.isEmpty { operation["parameters"] = parameters.map(parameter) }
        if let body = endpoint.body {
            operation["requestBody"] = ["required": true, "content": ["application/json": ["schema": body.schema]]]
        }
        return operation
    }

    private static func parameter(_ parameter: Endpoint.Parameter) -> [String: Any] {
        [
            "name": parameter.name, "in": parameter.place.rawValue, "required": parameter.place == .path,
            "schema": parameter.shape.schema, "description": parameter.about,
        ]
    }

    private static func security(_ audience: Audience) -> [[String: [String]]] {
        switch audience {
        case .open, .legacy: []
        case .device: [["device": []]]
        case .person, .admin: [["person": []], ["session": []]]
        }
    }

    private static func responses(_ endpoint: Endpoint) -> [String: Any] {
        let refused: [String: Any] = [
            "description": "What is wrong, and with which field.",
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Error"]]],
        ]
        let content: [String: Any] =
            endpoint.contentType == "application/json" ? ["schema": endpoint.answer.schema] : [:]
        let done: [String: Any] = ["description": "Done.", "content": [endpoint.contentType: content]]
        return ["200": done, "default": refused]
    }

    private static let error = Shape.object(
        [("success", .boolean), ("error", .text), ("message", .text), ("code", .text), ("field", .text)],
        optional: ["field"])
}
