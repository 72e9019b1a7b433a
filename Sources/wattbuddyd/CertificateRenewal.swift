import Logging
import Serving
import ServiceLifecycle
import UnixSignals

/// Reads the certificate anew on SIGHUP; connections that are open keep the one they were opened with.
struct CertificateRenewal: Service {
    let identity: TLSIdentity
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                try identity.reload()
                logger.notice("the certificate was read anew")
            } catch {
                logger.error("the certificate could not be read; the old one stays", metadata: ["reason": "\(error)"])
            }
        }
    }
}
