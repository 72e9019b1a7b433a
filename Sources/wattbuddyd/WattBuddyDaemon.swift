import Analysis
import ArgumentParser
import Daemon
import Deployment
import Filesystem
import Foundation
import Ingest
import Logging
import Postgres
import Serving
import ServiceLifecycle
import UnixSignals

/// The daemon: takes readings, shows them live, tells what should be known, and switches relays.
@main
struct WattBuddyDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wattbuddyd",
        abstract: "Takes the readings of devices, shows them live, raises alerts and switches relays.",
        discussion: """
            Stops gracefully on SIGTERM: what was acknowledged is stored. SIGHUP reads the certificate anew. \
            Exit codes: 0 stopped when told to; 64 wrong arguments; 75 try again later (the address or the spool is in use, or the \
            private database cannot be started).
            """)

    @Option(help: "The address to listen on; WATTBUDDY_DAEMON_HOST. Loopback unless told.")
    var host: String?

    @Option(help: "The port, 0 for any that is free; WATTBUDDY_DAEMON_PORT, else 8090.")
    var port: Int?

    @Option(
        name: .customLong("tls-cert"), help: "A file of the certificate and those above it (PEM).", completion: .file())
    var certificate: String?

    @Option(name: .customLong("tls-key"), help: "The certificate's key (PEM).", completion: .file())
    var key: String?

    @Flag(help: "Answers the original's calls without a login: for a trusted network only; WATTBUDDY_DAEMON_LEGACY.")
    var legacy = false

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together")
        }
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port may be 0 to 65535") }
    }

    func run() async throws {
        let settings = try await Settings.load()
        var daemon = DaemonSettings(
            settings.config.scoped(to: "daemon"), output: settings.output, isLegacy: legacy,
            isSecure: certificate != nil)
        daemon.alarms = try LiveSettings(settings.config)
        let stores = DaemonStores(try await database(settings))
        let tls = try certificate.map { try TLSIdentity(certificate: $0, key: key ?? "") }
        let logger = Self.logger(settings.config.string(forKey: "log.level"))
        let service = DaemonService(
            daemon, stores, spool: try Spool(folder: daemon.spool, limit: daemon.spoolLimit),
            courier: try settings.courier(),
            host: host ?? settings.config.string(forKey: "daemon.host", default: "127.0.0.1"),
            port: port ?? settings.config.int(forKey: "daemon.port", default: 8090), tls: tls, logger: logger,
            now: { Date() }
        ) { [isSecure = tls != nil] port in
            Console.say("listening on port \(port) (\(isSecure ? "https" : "http"))")
            do { try ServiceNotice.ready.tell() } catch {
                logger.warning("systemd could not be told", metadata: ["reason": "\(error)"])
            }
        }
        let services: [any Service] = [service] + (tls.map { [CertificateRenewal(identity: $0, logger: logger)] } ?? [])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
                }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    /// A configured database may be away: readings go to the spool until it is back.
    private func database(_ settings: Settings) async throws -> Database.Configuration {
        do {
            return try await settings.readyDatabase()
        } catch let error as PostgresError where error.kind == .unavailable {
            guard let configured = settings.database else { throw error }
            return configured
        }
    }

    private static func logger(_ level: String?) -> Logger {
        var logger = Logger(label: "wattbuddyd", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = level.flatMap(Logger.Level.init(rawValue:)) ?? .notice
        return logger
    }

    static func main() async {
        ProcessMemory.useOneHeap()
        await runAsProgram { ExitStatus(ofDaemon: $0) }
    }
}
