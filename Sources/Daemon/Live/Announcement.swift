import Control

/// A change of an alert that channels have still to be told.
struct Announcement: Sendable {
    let event: AlertMessage.Event
    /// As it was then; without a number while the database is away.
    private(set) var alert: Alert

    /// Nil for a change that is not told, or only shown.
    init?(_ change: AlertChange, as alert: Alert) {
        guard change.isTold else { return nil }
        self.alert = alert
        switch change.event {
        case .opened: event = .opened
        case .probed: event = .probed
        case .resolved: event = .resolved
        case .due: event = alert.state == .resolved ? .resolved : .opened
        case .acknowledged: return nil
        }
    }

    /// Takes the number that the database gave to its alert.
    mutating func number(_ numbered: Alert) {
        guard alert.id == nil, let id = numbered.id, alert.openedAt == numbered.openedAt,
            alert.condition.key == numbered.condition.key, alert.household == numbered.household
        else { return }
        alert = alert.numbered(id)
    }
}
