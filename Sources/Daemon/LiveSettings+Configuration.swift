package import Analysis
package import Configuration

extension LiveSettings {
    /// Reads `alerts.spike.rule` (until_known, always or never), `alerts.spike.factor` (of the median, at least 1) and
    /// `alerts.spike.watts` (not negative): when power far above the usual alone is worth an alert.
    ///
    /// - Parameter config: of the whole program.
    /// - Throws: ``SettingError``, which names the key.
    package init(_ config: ConfigReader) throws(SettingError) {
        self.init()
        let words = SpikeRule.allCases.map(\.rawValue)
        spikeRule = try config.value(
            "alerts.spike.rule", spikeRule,
            allowed: words.dropLast().joined(separator: ", ") + " or \(words.last ?? "")",
            read: SpikeRule.init(rawValue:))
        spikeFactor = try config.value("alerts.spike.factor", spikeFactor, allowed: "1 or more") { text in
            Double(text).flatMap { $0.isFinite && $0 >= 1 ? $0 : nil }
        }
        leastSpike = try config.value("alerts.spike.watts", leastSpike, allowed: "0 or more watts") { text in
            Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
    }
}

extension ConfigReader {
    /// What stands at `key`, or else `standard`.
    fileprivate func value<Value>(
        _ key: String, _ standard: Value, allowed: String, read: (String) -> Value?
    ) throws(SettingError) -> Value {
        guard let text = string(forKey: ConfigKey(key)) else { return standard }
        guard let value = read(text) else {
            let name = "WATTBUDDY_" + key.uppercased().replacing(".", with: "_")
            throw SettingError(key: name, value: text, allowed: allowed)
        }
        return value
    }
}
