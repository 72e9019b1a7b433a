import Foundation
import HTTPTypes
import Hummingbird
import Ingest

/// Why a call is not answered with what was asked for; it becomes the JSON that every error has.
struct Refusal: Error, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var field: String?
    /// Seconds after which the same may be tried again.
    var retryAfter: Int?

    init(
        _ status: HTTPResponse.Status, _ code: String, _ message: String, field: String? = nil, retryAfter: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.retryAfter = retryAfter
    }

    static let notLoggedIn = Refusal(.unauthorized, "not_logged_in", "Please log in.")
    static let unknownDevice = Refusal(
        .unauthorized, "unknown_device",
        "This device's token is not known; announce it at /v1/devices/announce, or add it.")
    static let notAllowed = Refusal(.forbidden, "not_allowed", "This is not yours to do.")
    static let notThere = Refusal(.notFound, "not_there", "There is nothing here by that name.")
    static let otherOrigin = Refusal(
        .forbidden, "other_origin", "This request came from another site and was not followed.")

    static func invalid(_ field: String, _ message: String) -> Refusal {
        Refusal(.badRequest, "invalid", message, field: field)
    }

    init(_ error: IngestError) {
        let status: HTTPResponse.Status =
            switch error.kind {
            case .malformed, .invalid, .missing, .unknownMeter: .badRequest
            case .tooMany: .contentTooLarge
            case .full: .serviceUnavailable
            }
        self.init(
            status, error.kind.rawValue, error.message, field: error.field, retryAfter: error.kind == .full ? 5 : nil)
    }

    var response: Response {
        var response = Response.json(
            ErrorAnswer(success: false, error: message, message: message, code: code, field: field), status: status)
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

private struct ErrorAnswer: Encodable {
    let success: Bool
    let error: String
    let message: String
    let code: String
    let field: String?
}
