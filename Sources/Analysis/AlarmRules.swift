/// The words and ways of all alarms and findings.
package enum AlarmRules {
    private static let hour = 3600.0
    private static let day = 86_400.0

    package static func live(_ kind: LiveAlarm.Kind) -> AlarmRule {
        switch kind {
        case .heavier:
            live(
                kind, .warning, "More power than ever", "{socket} draws {observed}; the most so far was {usual}.", hour)
        case .leftOn:
            live(
                kind, .warning, "Left on?",
                "{socket} has drawn {observed} for far longer than ever. Is it still wanted?",
                2 * hour)
        case .twoAtOnce:
            live(
                kind, .urgent, "Two big appliances at once",
                "Both sockets together draw {observed}; the most so far was {usual}. Switch one off.", hour)
        case .stuckRelay:
            live(
                kind, .urgent, "The relay does not open",
                "{socket} was switched off, and {observed} still flow. Unplug what hangs on it.", hour)
        case .spike:
            live(kind, .notice, "Far above the usual", "{socket} draws {observed}; {usual} is usual so far.", 6 * hour)
        case .voltage: live(kind, .warning, "Voltage out of its band", "The mains is at {observed}.", 6 * hour)
        case .clipping:
            live(
                kind, .urgent, "The current sensor is at its end",
                "It shows {observed}, the most it can; what flows may be more. Switch something off.", hour)
        case .register:
            live(
                kind, .notice, "The register stands still", "About {usual} flow and the register does not count.", day)
        case .offline: live(kind, .notice, "The device is silent", "Nothing was heard for {observed}.", 6 * hour)
        }
    }

    private static func live(
        _ kind: LiveAlarm.Kind, _ severity: Severity, _ title: String, _ text: String, _ coolDown: Double
    ) -> AlarmRule {
        AlarmRule(
            kind: kind.rawValue, severity: severity, title: title, text: text, coolDown: coolDown, resolution: .whenOver
        )
    }

    package static func night(_ kind: NightFinding.Kind) -> AlarmRule {
        switch kind {
        case .highDay:
            night(kind, .notice, "Unusual day", "{observed} were used; {usual} would have been usual.")
        case .lowDay: night(kind, .notice, "Quiet day", "Only {observed} were used; {usual} would have been usual.")
        case .leftOn:
            night(
                kind, .warning, "Left on",
                "Something ran through day and night: power hardly fell below {observed}, where {usual} is usual.")
        case .nightBase:
            night(
                kind, .warning, "The night's level has risen",
                "Day after day power stays above {observed}, where it was {usual}. Something new never goes off.")
        case .dead:
            night(
                kind, .warning, "No power at all",
                "The meter showed no power, which it never does for so long; {usual} is usual. Was the supply off?")
        case .stuck:
            night(
                kind, .warning, "The same figure over and over",
                "The meter repeated {observed}. A true load never stays so still: look at the meter.")
        case .register:
            night(
                kind, .urgent, "The register stood still", "About {usual} flowed and the register did not count it.")
        case .gap: night(kind, .notice, "No readings", "Nothing was heard of the meter for {observed}.")
        case .voltage:
            night(kind, .warning, "Voltage trouble", "The mains was at {observed}, where {usual} is usual.")
        }
    }

    private static func night(
        _ kind: NightFinding.Kind, _ severity: Severity, _ title: String, _ text: String
    ) -> AlarmRule {
        AlarmRule(
            kind: kind.rawValue, severity: severity, title: title, text: text, coolDown: day, resolution: .whenSeen)
    }
}
