import CPostgres
import Dispatch
import Foundation

/// Waits for notifications on a queue of its own until it is stopped.
///
/// Unchecked: the connection is touched on the queue alone, the descriptor of the bell never changes.
final class Listener: @unchecked Sendable {
    private let connection: Connection
    private let bell: Bell
    private let queue: DispatchQueue

    private init(_ connection: Connection, _ bell: Bell, _ queue: DispatchQueue) {
        self.connection = connection
        self.bell = bell
        self.queue = queue
    }

    /// A listener that misses nothing from now on.
    static func connected(to configuration: Database.Configuration, channel: String) async throws -> Listener {
        let queue = DispatchQueue(label: "wattbuddy.postgres.listener")
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Swift.Result {
                        let connection = try Connection(configuration.conninfo, schema: configuration.schema)
                        try connection.listen(to: channel)
                        return Listener(connection, try Bell(), queue)
                    })
            }
        }
    }

    func start(yieldingTo continuation: AsyncThrowingStream<DatabaseNotification, any Error>.Continuation) {
        queue.async { [self] in
            do {
                repeat { try pass(connection.takeNotifications(), to: continuation) } while try waitForMore()
                continuation.finish()
            } catch { continuation.finish(throwing: error) }
        }
    }

    /// Ends the wait at once, from any thread.
    func stop() {
        bell.ring()
    }

    private func pass(
        _ notifications: [DatabaseNotification],
        to continuation: AsyncThrowingStream<DatabaseNotification, any Error>.Continuation
    ) throws {
        for notification in notifications {
            guard case .dropped = continuation.yield(notification) else { continue }
            throw PostgresError(.unavailable, "nobody takes the notifications of '\(notification.channel)'")
        }
    }

    /// - Returns: false when it was told to stop.
    private func waitForMore() throws -> Bool {
        var waiting = [
            pollfd(fd: PQsocket(connection.handle), events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&waiting, nfds_t(waiting.count), -1) < 0 {
            guard errno == EINTR else {
                throw PostgresError(.unavailable, "cannot wait for notifications: \(String(cString: strerror(errno)))")
            }
        }
        return waiting[1].revents == 0
    }
}

/// A descriptor that becomes readable when another thread rings, and stays so.
private final class Bell: Sendable {
    let descriptor: Int32

    init() throws {
        descriptor = wattbuddy_make_bell()
        guard descriptor >= 0 else {
            throw PostgresError(.unavailable, "no descriptor is left: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Cannot fail in a way that matters: a counter too full to add to is readable already.
    func ring() {
        eventfd_write(descriptor, 1)
    }
}

extension Connection {
    fileprivate func listen(to channel: String) throws {
        guard let quoted = PQescapeIdentifier(handle, channel, channel.utf8.count) else {
            throw PostgresError(.unavailable, String(cString: PQerrorMessage(handle)))
        }
        defer { PQfreemem(quoted) }
        try script("LISTEN \(String(cString: quoted))")
    }

    /// What has come since the last call; does not wait.
    fileprivate func takeNotifications() throws -> [DatabaseNotification] {
        guard PQconsumeInput(handle) == 1 else {
            throw PostgresError(.unavailable, String(cString: PQerrorMessage(handle)))
        }
        var taken: [DatabaseNotification] = []
        while let notification = PQnotifies(handle) {
            defer { PQfreemem(notification) }
            taken.append(
                DatabaseNotification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra)))
        }
        return taken
    }
}
