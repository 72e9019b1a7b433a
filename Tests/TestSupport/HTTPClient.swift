package import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Speaks HTTP/1.1 to a server on this machine, a connection for each request; what it is given goes out as it is: paths are not
/// tidied up, headers may be empty.
package struct HTTPClient: Sendable {
    private let port: Int
    private let tls: NIOSSLContext?
    private var headers: [(name: String, value: String)] = []

    typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// Seconds after which a request that is not answered fails.
    private static let patience: Int64 = 60

    /// - Parameter authority: the path of the only certificate that is trusted, for TLS; nil for none.
    package init(port: Int, trusting authority: String? = nil) throws {
        self.port = port
        tls = try authority.map { path in
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .file(path)
            return try NIOSSLContext(configuration: configuration)
        }
    }

    /// The same with another header in each request.
    package func with(_ name: String, _ value: String) -> HTTPClient {
        var other = self
        other.headers.append((name, value))
        return other
    }

    /// The same as somebody who shows a token.
    package func bearing(_ token: String) -> HTTPClient { with("Authorization", "Bearer \(token)") }

    package func get(_ path: String) async throws -> HTTPAnswer { try await send("GET", path) }

    package func post(_ path: String, _ body: String = "") async throws -> HTTPAnswer {
        try await send("POST", path, Data(body.utf8))
    }

    package func send(_ method: String, _ path: String, _ body: Data? = nil) async throws -> HTTPAnswer {
        try await connect().executeThenClose { inbound, outbound in
            try await outbound.write(contentsOf: request(method, path, body))
            var head: HTTPResponseHead?
            var bytes = ByteBuffer()
            for try await part in inbound {
                switch part {
                case .head(let told):
                    head = told
                    // A stream of events has no end.
                    if told.headers.first(name: "Content-Type") == "text/event-stream" {
                        return HTTPAnswer(told, bytes)
                    }
                case .body(var more): bytes.writeBuffer(&more)
                case .end: return try Self.answer(head, bytes, to: path)
                }
            }
            throw ServerError(message: "\(method) \(path) was not answered")
        }
    }

    private static func answer(_ head: HTTPResponseHead?, _ bytes: ByteBuffer, to path: String) throws -> HTTPAnswer {
        guard let head else { throw ServerError(message: "\(path) was answered without a head") }
        return HTTPAnswer(head, bytes)
    }

    /// Listens to Server-Sent Events as long as `body` runs.
    package func listen<Result>(
        to path: String, _ body: (inout EventReader) async throws -> Result
    ) async throws -> Result {
        try await connect().executeThenClose { inbound, outbound in
            try await outbound.write(contentsOf: request("GET", path, nil))
            var reader = EventReader(inbound.makeAsyncIterator())
            return try await body(&reader)
        }
    }

    private func connect() async throws -> Connection {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { [tls] channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHTTPClientHandlers(enableOutboundHeaderValidation: false)
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        channel.channel.eventLoop.scheduleTask(in: .seconds(Self.patience)) {
            channel.channel.close(promise: nil)
        }
        return channel
    }

    private func request(_ method: String, _ path: String, _ body: Data?) -> [HTTPClientRequestPart] {
        var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: path)
        for (name, value) in headers { head.headers.add(name: name, value: value) }
        if !head.headers.contains(name: "Host") { head.headers.add(name: "Host", value: "localhost:\(port)") }
        head.headers.add(name: "Connection", value: "close")
        guard let body else { return [.head(head), .end(nil)] }
        head.headers.add(name: "Content-Length", value: "\(body.count)")
        return [.head(head), .body(.byteBuffer(ByteBuffer(bytes: body))), .end(nil)]
    }
}
