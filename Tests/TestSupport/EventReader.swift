import Foundation
import NIOCore
import NIOHTTP1

/// Reads Server-Sent Events one after the other (HTML Standard, 9.2).
package struct EventReader {
    /// One of them.
    package struct Event: Sendable {
        package let id: Int64?
        package let kind: String
        package let content: JSON
    }

    private var parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    private var text = ""
    /// Of the answer, once something of it was read.
    package private(set) var status: Int?

    init(_ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator) {
        self.parts = parts
    }

    /// The next event that `isWanted`; others are passed over.
    ///
    /// - Throws: ``ServerError`` when the stream ends before.
    package mutating func next(where isWanted: (Event) -> Bool) async throws -> Event {
        while let event = try await next() {
            if isWanted(event) { return event }
        }
        throw ServerError(message: "the stream of events has ended with status \(status ?? 0): \(text)")
    }

    /// The next event, nil at the stream's end.
    package mutating func next() async throws -> Event? {
        while true {
            while let end = text.range(of: "\n\n") {
                let block = text[..<end.lowerBound]
                text = String(text[end.upperBound...])
                if let event = try Self.event(block) { return event }
            }
            guard let part = try await parts.next() else { return nil }
            switch part {
            case .head(let head): status = Int(head.status.code)
            case .body(let bytes): text += String(decoding: bytes.readableBytesView, as: UTF8.self)
            case .end: return nil
            }
        }
    }

    /// Nil for a comment.
    private static func event(_ block: Substring) throws -> Event? {
        var fields: [String: String] = [:]
        for line in block.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        guard let content = fields["data"] else { return nil }
        return Event(
            id: fields["id"].flatMap { Int64($0) }, kind: fields["event"] ?? "message", content: try JSON(content))
    }
}
