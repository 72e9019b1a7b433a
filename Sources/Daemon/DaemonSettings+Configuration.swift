package import Configuration
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
        rule = WriteRule(
            interval: config.double(forKey: "write.interval", default: rule.interval),
            step: Energy(kilowattHours: config.double(forKey: "write.step", default: rule.step.kilowattHours)) ?? rule.step)
    }
}
