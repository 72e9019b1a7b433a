import Foundation
import HTTPTypes
import Hummingbird

extension Response {
    /// What a value is as JSON; keys are in order, so that the same value gives the same bytes.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return json(bytes: ByteBuffer(bytes: try encoder.encode(value)), status: status)
        } catch {
            preconditionFailure("an answer holds a number that JSON has no word for: \(error)")
        }
    }

    static func json(bytes: ByteBuffer, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
                .contentLength: "\(bytes.readableBytes)",
            ], body: ResponseBody(byteBuffer: bytes))
    }
}

/// An answer that only says that it was done.
struct Done: Encodable {
    let success = true
}
