import NIOConcurrencyHelpers
import NIOCore
import NIOSSL

/// The certificate and key of a server, read from files that may be renewed while it runs.
///
/// A connection keeps what it began with; `reload` is for those that come after it.
package final class TLSIdentity: Sendable {
    private let certificate: String
    private let key: String
    private let context: NIOLockedValueBox<NIOSSLContext>

    /// Reads PEM files: the certificate with the chain that vouches for it, and its key.
    package init(certificate: String, key: String) throws {
        self.certificate = certificate
        self.key = key
        context = NIOLockedValueBox(try Self.context(certificate: certificate, key: key))
    }

    /// Reads the files again; when they are not right it throws, and what was there goes on being used.
    package func reload() throws {
        let renewed = try Self.context(certificate: certificate, key: key)
        context.withLockedValue { $0 = renewed }
    }

    func makeHandler() -> NIOSSLServerHandler {
        NIOSSLServerHandler(context: context.withLockedValue { $0 })
    }

    private static func context(certificate: String, key: String) throws -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ServingError(.certificate, "\(certificate) with \(key) cannot be used for TLS: \(error)")
        }
    }
}
