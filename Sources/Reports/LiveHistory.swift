package import Control

/// What the daemon told and switched for a household, as it was kept.
package struct LiveHistory: Sendable {
    /// In order of time.
    package let alerts: [Alert]
    /// In order of time.
    package let switchings: [Switching]

    package init(alerts: [Alert] = [], switchings: [Switching] = []) {
        self.alerts = alerts
        self.switchings = switchings
    }
}

/// A relay order and the name of its socket.
package struct Switching: Sendable {
    package let socket: String
    package let order: RelayOrder

    package init(socket: String, order: RelayOrder) {
        self.socket = socket
        self.order = order
    }
}
