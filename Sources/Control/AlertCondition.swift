/// Something that goes on now and that a person should know of.
package struct AlertCondition: Hashable, Sendable {
    /// What makes two conditions the same: one alert is open for it at most.
    package struct Key: Hashable, Sendable {
        /// Nil for what concerns the whole household.
        package let device: Int64?
        package let kind: AlertKind
        package let socket: AlertSocket

        package init(device: Int64?, kind: AlertKind, socket: AlertSocket) {
            self.device = device
            self.kind = kind
            self.socket = socket
        }
    }

    package let key: Key
    package let severity: AlertSeverity
    /// That the socket is the right one, 0 to 1; nil where none is named.
    package let probability: Double?
    /// In the kind's own unit: watts, volts, amperes, seconds of silence, or kilowatt-hours.
    package let observed: Double?
    /// What would have been usual, or the limit, in the same unit.
    package let usual: Double?

    /// - Parameter severity: nil for the kind's own.
    package init(
        _ key: Key, severity: AlertSeverity? = nil, probability: Double? = nil, observed: Double? = nil,
        usual: Double? = nil
    ) {
        self.key = key
        self.severity = severity ?? key.kind.severity
        self.probability = probability
        self.observed = observed
        self.usual = usual
    }

    /// The highest step of a limit that is reached; 0 where it is none, or for another kind.
    package var step: Int {
        guard key.kind.isLimit, let observed, let usual else { return 0 }
        return LimitStep.highest(of: observed, against: usual) ?? 0
    }
}
