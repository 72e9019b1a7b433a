package import SocketIO

/// How Socket.IO is served.
package struct SocketIOSettings: Sendable {
    package var engine = EngineSettings()
    /// The namespaces that may be joined.
    package var namespaces: Set<String> = ["/"]
    /// Which pages may connect, besides those of the server itself.
    package var origins = AllowedOrigins.own
    /// How many sessions there may be; further handshakes are answered with 503.
    package var maximumSessions = 10_000
    /// Behaves as the official conformance suites want their server: `/custom` may be joined too, a client is told the
    /// `auth` it sent, `message` comes back, `message-with-ack` is acknowledged with its own arguments, pages of any
    /// origin may connect, and `/engine.io/` sends every message back.
    ///
    /// For tests only. `authorize` is still asked, and has to let everybody in.
    package var isConformanceServer = false

    package init() {}
}
