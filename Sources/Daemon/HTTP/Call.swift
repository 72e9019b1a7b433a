import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// What the server knows of a request beside its text.
struct CallContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection.
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}

/// A request on its way through a route, after it was decided who calls.
struct Call: Sendable {
    let request: Request
    let context: CallContext
    let now: Date
    /// Nil where nobody need be logged in.
    let person: Person?

    /// Bytes that a body of a person's call may have.
    private static let longest = 64 << 10

    /// The account that calls.
    func account() throws -> Person {
        guard let person else { throw Refusal.notLoggedIn }
        return person
    }

    /// The number in the path.
    func number(_ name: String) throws -> Int64 {
        guard let text = context.parameters.get(name), let number = Int64(text), number > 0 else {
            throw Refusal.notThere
        }
        return number
    }

    func text(_ name: String) throws -> String {
        guard let text = context.parameters.get(name) else { throw Refusal.notThere }
        return text
    }

    /// A whole number of the query within bounds.
    func query(_ name: String, in range: ClosedRange<Int>, else standard: Int) throws -> Int {
        guard let text = request.uri.queryParameters.get(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw Refusal.invalid(
                name, "\(name) may be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    func bytes(upTo limit: Int = longest) async throws -> [UInt8] {
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard length <= limit else { throw Self.tooLong(limit) }
        do {
            let buffer = try await request.body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError { throw Self.tooLong(limit) }
    }

    private static func tooLong(_ limit: Int) -> Refusal {
        Refusal(.contentTooLarge, "too_long", "The body is longer than \(limit) bytes.")
    }

    /// The body as a value; a field that is missing or of another kind is named.
    func body<Body: Decodable>(_ type: Body.Type) async throws -> Body {
        try Self.decode(type, from: try await bytes())
    }

    static func decode<Body: Decodable>(_ type: Body.Type, from bytes: [UInt8]) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError { throw Refusal(error) }
    }
}

extension Refusal {
    fileprivate init(_ error: DecodingError) {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            let field = path(context, key)
            self = .invalid(field, "\(field) is missing.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let field = path(context)
            self =
                field.isEmpty
                ? Refusal(.badRequest, "malformed", "The body is not an object with fields.")
                : .invalid(field, "\(field) has a value of the wrong kind.")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            let field = path(context)
            self = .invalid(field, "\(field) has a value that is not understood.")
        default: self = Refusal(.badRequest, "malformed", "The body is not JSON.")
        }
    }
}
