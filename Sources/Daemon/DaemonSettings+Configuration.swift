package import Configuration
import SocketIOServing
import Ingest
import Metering

extension DaemonSettings {
    /// Reads `spool` (a folder), `spool.limit` (bytes), `write.interval` (seconds), `write.step` (kilowatt-hours), `legacy`,
    /// `metrics.open` and `announced` (how many devices may wait for a household).
    package init(_ config: ConfigReader, output: String, isLegacy: Bool, isSecure: Bool) {
        self.init()
        self.output = output
        self.isSecure = isSecure
        self.isLegacy = isLegacy || config.bool(forKey: "legacy", default: false)
        spool = config.string(forKey: "spool", default: spool)
        spoolLimit = config.int(forKey: "spool.limit", default: spoolLimit)
        hasOpenMetrics = config.bool(forKey: "metrics.open", default: false)
        mostAnnounced = config.int(forKey: "announced", default: mostAnnounced)
        socketIO = SocketIOSettings(config.scoped(to: "socketio"))
        rule = WriteRule(
            interval: config.double(forKey: "write.interval", default: rule.interval),
            step: Energy(kilowattHours: config.double(forKey: "write.step", default: rule.step.kilowattHours))
                ?? rule.step)
    }
}

extension SocketIOSettings {
    /// Reads `ping.interval`, `ping.timeout`, `connect.timeout` (milliseconds), `max.payload` (bytes) and `conformance`: the last
    /// lets everybody in and echoes, as the protocol's own test suites want it, and is for nothing else.
    fileprivate init(_ config: ConfigReader) {
        self.init()
        func milliseconds(_ key: String, _ standard: Duration) -> Duration {
            config.int(forKey: ConfigKey(key)).map { .milliseconds($0) } ?? standard
        }
        engine.pingInterval = milliseconds("ping.interval", engine.pingInterval)
        engine.pingTimeout = milliseconds("ping.timeout", engine.pingTimeout)
        engine.connectTimeout = milliseconds("connect.timeout", engine.connectTimeout)
        engine.maxPayload = config.int(forKey: "max.payload", default: engine.maxPayload)
        isConformanceServer = config.bool(forKey: "conformance", default: false)
    }
}
