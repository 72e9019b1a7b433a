package import Foundation
import NIOCore
import NIOHTTP1

/// What a server answered.
package struct HTTPAnswer: Sendable {
    package let status: Int
    package let body: Data
    private let headers: HTTPHeaders

    init(_ head: HTTPResponseHead, _ body: ByteBuffer) {
        status = Int(head.status.code)
        headers = head.headers
        self.body = Data(body.readableBytesView)
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// Null when it is no JSON.
    package var json: JSON {
        do { return try JSON(body) } catch { return .null }
    }

    /// Nil when it is not there.
    package subscript(header: String) -> String? { headers.first(name: header) }
}

extension HTTPAnswer: CustomStringConvertible {
    package var description: String { "\(status) \(text.prefix(1000))" }
}
