import Hummingbird
import Logging
import Serving
import ServiceLifecycle
import SocketIO
import SocketIOServing

/// A server of Socket.IO on a port of its own for the time of a test: it knows one good token and one room.
struct LiveServer {
    let sockets: SocketIOServer<String>

    init(_ settings: SocketIOSettings = SocketIOSettings()) {
        let handlers = SocketIOHandlers<String> { request in
            guard request.auth == JSONText(#"{"token":"good"}"#) else {
                throw ConnectRefusal(message: "Not authorized", data: JSONText(#"{"code":"bad_token"}"#))
            }
            return Admission(user: "asha", rooms: ["household 1"])
        } greet: { _ in
            [Self.update(power: 1)]
        } receive: { event, socket in
            SocketArguments([.string(event.name), .string(socket.user)] + event.arguments.values)
        }
        sockets = SocketIOServer(settings, handlers, logger: Self.silent)
    }

    static func update(power: Int) -> SocketEvent {
        SocketEvent("live_data_update", JSONText("{\"power\":\(power)}") ?? .emptyObject)
    }

    private static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// Lends the server's address, then stops it in order.
    func run<Result: Sendable>(_ use: @Sendable (String) async throws -> Result) async throws -> Result {
        let (ports, running) = AsyncStream<Int>.makeStream()
        let router = Router()
        sockets.addRoutes(to: router)
        router.get("emit") { _, _ in
            await sockets.emit(Self.update(power: 2), to: "household 1")
            return "sent"
        }
        let application = Application(
            router: router, server: .serving(ServedChannelSettings(webSockets: sockets.webSocket)),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)), services: [sockets],
            onServerRunning: { channel in
                running.yield(channel.localAddress?.port ?? 0)
            }, logger: Self.silent)
        let services = ServiceGroup(services: [application], logger: Self.silent)
        async let end: Void = services.run()
        var port = ports.makeAsyncIterator()
        let number = await port.next() ?? 0
        do {
            let result = try await use("http://127.0.0.1:\(number)")
            await services.triggerGracefulShutdown()
            try await end
            return result
        } catch {
            await services.triggerGracefulShutdown()
            throw error
        }
    }
}
