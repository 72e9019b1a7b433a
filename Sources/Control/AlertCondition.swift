package import Notices

/// Something that goes on now and that a person should know of.
package struct AlertCondition: Hashable, Sendable {
    /// What makes two conditions the same: one alert is open for it at most.
    package struct Key: Hashable, Sendable {
        /// Nil for what concerns the whole household.
        package let device: Int64?
        package let kind: NoticeKind
        package let socket: NoticeSocket

        package init(device: Int64?, kind: NoticeKind, socket: NoticeSocket) {
            self.device = device
            self.kind = kind
            self.socket = socket
        }
    }

    package let key: Key
    package let severity: NoticeSeverity
    /// That the socket is the right one, 0 to 1; nil where none is named.
    package let probability: Double?
    /// In the kind's own unit: watts, volts, amperes, seconds of silence, or kilowatt-hours.
    package let observed: Double?
    /// What would have been usual, or the limit, in the same unit.
    package let usual: Double?

    /// - Parameter severity: nil for the kind's own.
    package init(
        _ key: Key, severity: NoticeSeverity? = nil, probability: Double? = nil, observed: Double? = nil,
        usual: Double? = nil
    ) {
        self.key = key
        self.severity = severity ?? key.kind.notice.severity()
        self.probability = probability
        self.observed = observed
        self.usual = usual
    }

    /// The same of another socket.
    func at(_ socket: NoticeSocket) -> AlertCondition {
        AlertCondition(
            Key(device: key.device, kind: key.kind, socket: socket), severity: severity, probability: probability,
            observed: observed, usual: usual)
    }

    /// The highest step of a limit that is reached; 0 where it is none, or for another kind.
    package var step: Int {
        guard key.kind.isLimit, let observed, let usual else { return 0 }
        return LimitStep.highest(of: observed, against: usual) ?? 0
    }

    /// One plain sentence that tells it.
    ///
    /// - Parameter place: the names that it uses.
    package func sentence(in place: AlertPlace) -> String {
        let notice = key.kind.notice
        let (observed, usual) = (observed ?? 0, usual ?? 0)
        return notice.nowText(
            isBelow: observed < usual,
            [
                "who": place.name(of: key.socket),
                "device": place.name(of: .none),
                "observed": notice.unit.text(observed),
                "usual": notice.unit.text(usual),
                "share": usual > 0 ? "\(Int((observed / usual * 100).rounded(.down))) %" : "all",
            ])
    }
}
