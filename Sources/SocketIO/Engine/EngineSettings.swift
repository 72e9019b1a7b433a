/// The times and bounds of Engine.IO sessions; the defaults of the times are those of the original, 4.8.3.
package struct EngineSettings: Sendable {
    /// How long after a pong the server sends its next ping.
    package var pingInterval: Duration = .milliseconds(25_000)
    /// How long the client has for its pong.
    package var pingTimeout: Duration = .milliseconds(20_000)
    /// The largest body or message that a client may send, in bytes.
    package var maxPayload = 1_000_000
    /// How long a client has to join a namespace.
    package var connectTimeout: Duration = .milliseconds(45_000)
    /// How long a WebSocket that probes may take to finish the upgrade.
    package var upgradeTimeout: Duration = .milliseconds(10_000)
    /// How many live updates may wait for a client; the oldest makes room for the newest.
    package var liveUpdates = 64
    /// How many bytes may wait for a client; one that lets more pile up is closed.
    package var waitingBytes = 1_000_000

    package init() {}

    /// What the handshake tells the client, as JSON.
    func handshake(id: String, upgrades: [String]) -> String {
        let names = upgrades.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"sid":"\(id)","upgrades":[\(names)],"pingInterval":\(pingInterval.wholeMilliseconds),\
            "pingTimeout":\(pingTimeout.wholeMilliseconds),"maxPayload":\(maxPayload)}
            """
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
