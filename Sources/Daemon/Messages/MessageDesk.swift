import Channels
import Control
import Dispatch
import Foundation
import Logging
import Store
import Transfer

/// Tells alerts to those who do not look at a page, each message once: it is claimed before it is sent and settled after.
actor MessageDesk {
    private let stores: DaemonStores
    private let courier: Courier
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let threads = DispatchQueue(label: "wattbuddy.messages", attributes: .concurrent)
    /// Nil when none waits; what an earlier run left is due at once.
    private var nextDue: Date? = .distantPast
    private var isClosed = false

    /// So many are on their way at once.
    private static let mostAtOnce = 4
    /// Seconds after which a message that nobody took is given up.
    private static let longestWait = 86_400.0

    init(_ stores: DaemonStores, courier: Courier, logger: Logger, now: @escaping @Sendable () -> Date) {
        (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.stores = stores
        self.courier = courier
        self.logger = logger
        self.now = now
    }

    /// Puts the messages of an alert's change; they go out soon.
    ///
    /// - Parameter alert: numbered.
    /// - Throws: ``PostgresError``; then nothing was put.
    func put(_ event: AlertMessage.Event, of alert: Alert) async throws {
        if try await stores.channels.put(event, of: alert, at: now()) > 0 { bell.yield() }
    }

    /// Tells what time it is: something may be due again.
    func tick(at now: Date) {
        if let nextDue, nextDue <= now { bell.yield() }
    }

    /// Sends what is due, as it becomes due, until ``close()``.
    func run() async {
        for await _ in rings { await sendDue() }
    }

    /// What is on its way is waited for; the rest waits for the next run.
    func close() {
        isClosed = true
        bell.finish()
    }

    private func sendDue() async {
        do {
            while !isClosed {
                let claimed = try await stores.channels.claim(atMost: Self.mostAtOnce, at: now())
                guard !claimed.isEmpty else { break }
                await withTaskGroup(of: Void.self) { group in
                    for message in claimed { group.addTask { await self.send(message) } }
                }
            }
            nextDue = try await stores.channels.nextDue()
        } catch {
            nextDue = now()
            guard !error.isDatabaseAway else { return }
            logger.error("messages could not be looked up", metadata: ["reason": "\(error)"])
        }
    }

    private func send(_ claimed: ClaimedMessage) async {
        do {
            guard let alert = try await stores.alerts.alert(claimed.alert) else { return }
            let message = AlertMessage(claimed.event, of: alert, home: claimed.home, on: claimed.clock)
            do {
                try await blocking { [courier, now] in
                    try courier.send(message, number: claimed.id, to: claimed.channel, at: now())
                }
                try await stores.channels.settle(claimed.id, at: now())
            } catch let error as TransferError {
                try await settle(claimed, after: error)
            }
        } catch {
            logger.error(
                "what became of a message could not be noted; it is not sent again",
                metadata: ["message": "\(claimed.id)", "reason": "\(error)"])
        }
    }

    private func settle(_ message: ClaimedMessage, after error: TransferError) async throws {
        let (now, place) = (now(), ["message": "\(message.id)", "reason": "\(error)"] as Logger.Metadata)
        let isLate = now.timeIntervalSince(message.createdAt) > Self.longestWait
        switch error.kind {
        case .uncertain:
            logger.warning("a message may have gone out; it is not sent again", metadata: place)
        case .unavailable where !isLate:
            logger.notice("a message waits", metadata: place)
            let minutes = min(60, 1 << min(message.tries - 1, 6))
            let due = now.addingTimeInterval(Double(minutes) * 60)
            try await stores.channels.postpone(message.id, until: due, because: error.message)
        case .unavailable, .refused, .badLetter:
            logger.warning("a message was not taken", metadata: place)
            try await stores.channels.settle(message.id, refused: error.message, at: now)
        }
    }

    /// Servers are waited for on threads that may wait.
    private func blocking(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { done in
            threads.async { done.resume(with: Result(catching: body)) }
        }
    }
}
