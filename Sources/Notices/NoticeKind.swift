/// Everything people are told of: what goes on now, limits that are reached, and what the nights find.
///
/// Raw values as they are stored and sent.
package enum NoticeKind: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// More power than was ever held.
    case heavier
    /// Runs on far longer than it ever did, or through day and night.
    case leftOn = "left_on"
    case twoAtOnce = "two_at_once"
    /// A relay is reported off and its load goes on.
    case stuckRelay = "stuck_relay"
    /// Far above the usual, as long as little is known of the device.
    case spike
    /// The mains is out of its band.
    case voltage
    /// The current sensor is at its end.
    case clipping
    /// Power flows and the register stands still.
    case register
    /// The device says nothing.
    case offline
    case powerLimit = "power_limit"
    case dayLimit = "day_limit"
    case monthLimit = "month_limit"
    /// A day with far more than usual.
    case highDay = "high_day"
    /// A day with far less than usual, where days are regular.
    case lowDay = "low_day"
    /// The level of the night has risen and stays there.
    case nightBase = "night_base"
    /// No power for hours in which there always is some.
    case dead
    /// The same figure over and over.
    case stuck
    /// No readings.
    case gap
    /// The bill of the running period is about to jump.
    case billJump = "bill_jump"

    /// One of the household's own limits.
    package var isLimit: Bool {
        switch self {
        case .powerLimit, .dayLimit, .monthLimit: true
        default: false
        }
    }
}
