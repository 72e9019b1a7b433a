package import HummingbirdCore

extension HTTPServerBuilder {
    /// Serves HTTP/1.1 and WebSockets, over TLS when the settings name a certificate.
    package static func serving(_ settings: ServedChannelSettings) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            ServedChannel(settings, responder: responder)
        }
    }
}
