/// What an alert is about; raw values as they are stored and sent.
package enum AlertKind: String, CaseIterable, Sendable {
    /// More power than was ever held.
    case heavier
    /// Runs on far longer than it ever did.
    case leftOn = "left_on"
    case twoAtOnce = "two_at_once"
    /// A relay is reported off and its load goes on.
    case stuckRelay = "stuck_relay"
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

    /// One of the household's own limits.
    package var isLimit: Bool {
        switch self {
        case .powerLimit, .dayLimit, .monthLimit: true
        default: false
        }
    }

    /// How soon a person should look, where the condition itself does not say.
    package var severity: AlertSeverity {
        switch self {
        case .stuckRelay, .twoAtOnce, .clipping: .critical
        case .heavier, .leftOn, .voltage, .register: .warning
        case .spike, .offline, .powerLimit, .dayLimit, .monthLimit: .info
        }
    }
}
