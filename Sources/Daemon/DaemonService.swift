import Analysis
package import Channels
import Control
import Filesystem
package import Foundation
import Hummingbird
package import Ingest
package import Logging
import NIOCore
package import Serving
import ServiceLifecycle

/// The daemon as a whole: started, run and stopped in order.
package struct DaemonService: Service {
    private let premises: Premises
    private let endpoints: [Endpoint]
    private let address: BindAddress
    private let tls: TLSIdentity?
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - host: where to listen; loopback unless the owner says otherwise.
    ///   - port: 0 for any that is free.
    ///   - onRunning: told the port as soon as requests are answered.
    package init(
        _ settings: DaemonSettings, _ stores: DaemonStores, spool: Spool, courier: Courier, host: String, port: Int,
        tls: TLSIdentity?,
        logger: Logger, now: @escaping @Sendable () -> Date, onRunning: @escaping @Sendable (Int) async -> Void
    ) {
        premises = Premises(settings, stores, spool: spool, courier: courier, logger: logger, now: now)
        endpoints = Self.endpoints(premises)
        address = .hostname(host, port: port)
        self.tls = tls
        self.onRunning = onRunning
    }

    /// Every route there is: the router, the description and the test of who may do what are made from this list.
    static func endpoints(_ premises: Premises) -> [Endpoint] {
        let people = PeopleRoutes(premises)
        let routes =
            ReadingRoutes(premises: premises).endpoints + DeviceRoutes(premises: premises).endpoints
            + people.endpoints + LiveRoutes(premises: premises).endpoints
            + RelayRoutes(premises: premises).endpoints + AlertRoutes(premises: premises).endpoints
            + LegacyAuthRoutes(premises: premises, login: people.login).endpoints
            + LegacyLiveRoutes(premises: premises).endpoints + LegacyUsageRoutes(premises: premises).endpoints
            + UsageRoutes(premises: premises).endpoints + OperationRoutes(premises: premises).endpoints
        let description = Endpoint.get(
            "/openapi.json", .open, "This description.", answer: .anything
        ) { _ in .json(bytes: try OpenAPIDocument.bytes(of: routes)) }
        return routes + [description]
    }

    package func run() async throws {
        let isWhole = await start()
        ProcessMemory.giveBack()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await premises.queue.drain(through: premises.writer.write) }
            group.addTask { await premises.events.run() }
            group.addTask { await premises.messages.run() }
            let failure = await serveAndTend(isWhole: isWhole)
            await stop()
            try await group.waitForAll()
            if let failure { throw failure }
        }
    }

    /// Answers requests, and does what goes on beside them, until the daemon is told to stop.
    ///
    /// - Parameter isWhole: whether the daemon started with its memory; else that follows.
    /// - Returns: why requests could not be answered; nil when it was told to stop.
    private func serveAndTend(isWhole: Bool) async -> (any Error)? {
        await withTaskGroup(of: Void.self) { group in
            if !isWhole { group.addTask { await goOnSoon() } }
            group.addTask { await premises.writer.replay() }
            group.addTask { await premises.roster.follow() }
            group.addTask { await Housekeeping(premises: premises).run() }
            defer { group.cancelAll() }
            do { try await serve() } catch { return error }
            return nil
        }
    }

    /// Goes on where the last run ended; without the database with the devices that were known, and the rest follows.
    ///
    /// - Returns: whether nothing is left to follow.
    private func start() async -> Bool {
        do {
            try await goOn()
            return true
        } catch {
            if error.isDatabaseAway { premises.writer.supposeAway() }
            premises.logger.warning("the daemon starts without its memory", metadata: ["reason": "\(error)"])
        }
        do { try premises.roster.recall() } catch {
            premises.logger.error("the kept devices cannot be read", metadata: ["reason": "\(error)"])
        }
        return false
    }

    private func goOn() async throws {
        try await premises.roster.load()
        try await premises.memory.resumeAll()
        try await premises.limits.load()
        let zones = premises.roster.all.compactMap(\.entry.household).map { ($0.id, $0.zone) }
        try await premises.alerts.restore(
            Dictionary(zones, uniquingKeysWith: { first, _ in first }), at: premises.now())
        await endForgottenAlerts()
    }

    /// Tries to go on until the database lets it.
    private func goOnSoon() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
                try await goOn()
                return
            } catch is CancellationError {
                return
            } catch {
                premises.logger.debug("the memory is still away", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// An alert of an alarm that the device's memory does not hold would never end by itself.
    private func endForgottenAlerts() async {
        for alert in await premises.alerts.openAlerts(of: nil) {
            let key = alert.condition.key
            guard let device = key.device, key.kind != .stuckRelay, let member = premises.roster.member(device) else {
                continue
            }
            let isStanding = member.slot.withState {
                $0.standing.contains { AlertCondition.Key($0, of: device) == key }
            }
            if !isStanding { await premises.alerts.end(key, of: alert.household, at: premises.now()) }
        }
    }

    private func serve() async throws {
        var settings = ServedChannelSettings { await premises.sockets.server.webSocket($0) }
        settings.tls = tls
        settings.idleTimeout = .seconds(75)
        let application = Application(
            responder: EndpointResponder(endpoints, premises), server: .serving(settings),
            configuration: ApplicationConfiguration(address: address, serverName: nil, backlog: 1024),
            services: [StreamCloser(hub: premises.hub), premises.sockets],
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: quiet(premises.logger))
        try await application.run()
    }

    /// The server's own notes on each connection are of no use to an operator.
    private func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    /// Requests are answered; what they left to do is done.
    private func stop() async {
        let rows = premises.roster.all.flatMap { $0.slot.withState { $0.takeUnstored() } }
        if !rows.isEmpty {
            do { try await premises.queue.submit(rows) } catch {
                premises.logger.error("the last readings could not be stored", metadata: ["reason": "\(error)"])
            }
        }
        premises.queue.close()
        premises.events.close()
        await premises.messages.close()
        do {
            try await premises.memory.save(at: premises.now())
            try await premises.limits.keep()
        } catch {
            premises.logger.warning("what was learned could not be stored", metadata: ["reason": "\(error)"])
        }
    }
}

/// Ends the streams when the daemon is told to stop: they would go on for ever.
private struct StreamCloser: Service {
    let hub: LiveHub

    func run() async throws {
        do { try await gracefulShutdown() } catch is CancellationError {}
        hub.close()
    }
}
