/// What is said of one kind of alarm or finding, how loudly, how often, and when it is over.
///
/// The page's list and every channel of the daemon take their words from here. A text has places in braces: `{socket}`,
/// `{observed}`, `{usual}`, `{span}`, `{extra}`.
package struct AlarmRule: Hashable, Sendable {
    package enum Resolution: String, Sendable {
        /// When the detector says so.
        case whenOver = "when_over"
        /// When a person has seen it.
        case whenSeen = "when_seen"
    }

    /// As it is stored and written: `left_on`.
    package let kind: String
    package let severity: Severity
    /// A few words for a list or a subject.
    package let title: String
    /// One plain sentence or two.
    package let text: String
    /// Seconds in which the same kind of one device is not sent again.
    package let coolDown: Double
    package let resolution: Resolution

    /// The text with its places filled; a place nobody fills stays empty.
    package func text(_ values: [String: String]) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            filled += values[String(rest[rest.index(after: open)..<close])] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

extension LiveAlarm.Kind {
    package var rule: AlarmRule { AlarmRules.live(self) }
}

extension NightFinding.Kind {
    package var rule: AlarmRule { AlarmRules.night(self) }
}
