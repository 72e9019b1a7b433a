package import Logging
import ServiceLifecycle
import SocketIO
import Synchronization

/// A server of Socket.IO, version 4 (protocol 5 on Engine.IO 4), over polling and WebSockets.
///
/// It is a service: while `run` runs, clients are pinged and the silent ones closed. A session is known to its client
/// alone, by twenty random characters. A client that reads too slowly loses its oldest live updates; one that lets even
/// what may not be lost pile up is closed.
package actor SocketIOServer<User: Sendable>: Service {
    /// How late, at most, a deadline is noticed that was not known when the last wait began.
    static var longestPause: Duration { .milliseconds(100) }

    nonisolated let settings: SocketIOSettings
    nonisolated let handlers: SocketIOHandlers<User>
    nonisolated let logger: Logger
    // Only the extensions of this actor change these.
    var clients: [String: Client<User>] = [:]
    var rooms: [String: Set<SocketAddress>] = [:]
    private let began = ContinuousClock.now
    private let wakes: AsyncStream<Void>
    private nonisolated let wake: AsyncStream<Void>.Continuation
    private nonisolated let stopping = Mutex(false)
    private nonisolated let occupied = Mutex<Set<String>>([])

    package init(_ settings: SocketIOSettings, _ handlers: SocketIOHandlers<User>, logger: Logger) {
        self.settings = settings
        self.handlers = handlers
        self.logger = logger
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether somebody is in a room; asked from anywhere, so that what nobody hears need not be made.
    package nonisolated func isOccupied(_ room: String) -> Bool {
        occupied.withLock { $0.contains(room) }
    }

    /// Notes whether somebody is in a room after its members changed.
    func noteOccupation(of room: String) {
        let isOccupied = rooms[room] != nil
        occupied.withLock { occupied in
            if isOccupied { occupied.insert(room) } else { occupied.remove(room) }
        }
    }

    /// How many sessions there are.
    package var sessions: Int { clients.count }

    /// Keeps time until the server stops, then tells every client that it does.
    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.keepTime() }
        } catch is CancellationError {
            logger.debug("Socket.IO stops", metadata: ["sessions": "\(clients.count)"])
        }
        stop()
        closeAll()
    }

    /// Lets no more sessions begin, and ends those there are, within a tenth of a second.
    nonisolated func stop() {
        stopping.withLock { $0 = true }
        wake.yield()
    }

    nonisolated var isStopping: Bool { stopping.withLock { $0 } }

    /// The time since the server was made.
    var now: Duration { ContinuousClock.now - began }

    /// Begins a session; nil when there are too many.
    func begin(_ client: Client<User>) -> String? {
        guard clients.count < settings.maximumSessions, !isStopping else { return nil }
        let id = client.engine.id
        clients[id] = client
        wake.yield()
        return id
    }

    private func keepTime() async throws {
        for await _ in wakes {
            while !clients.isEmpty {
                try await Task.sleep(for: pause)
                tick()
            }
        }
    }

    private var pause: Duration {
        let next = clients.values.compactMap(\.deadline).min() ?? Self.longestPause
        return min(max(next - now, .milliseconds(1)), Self.longestPause)
    }

    private func tick() {
        guard !isStopping else { return closeAll() }
        let now = now
        for (id, client) in clients where client.deadline.map({ $0 <= now }) ?? false {
            clients[id]?.engine.advance(to: now)
            if !client.isBare, client.sockets.isLate(at: now) {
                clients[id]?.engine.close(.connectTimeout)
            }
            settle(id)
        }
    }

    private func closeAll() {
        for id in clients.keys { close(id, .closedByServer) }
    }
}
