import Notices

/// What is unusual about the loads of a device.
struct LoadFinding: Sendable {
    let kind: LiveAlarm.Kind
    let socket: NoticeSocket
    let probability: Double
    let excess: Excess

    init(_ kind: LiveAlarm.Kind, _ excess: Excess, socket: NoticeSocket, probability: Double) {
        self.kind = kind
        self.socket = socket
        self.probability = probability
        self.excess = excess
    }

    /// One socket or the other, whichever is likelier.
    init(_ kind: LiveAlarm.Kind, _ excess: Excess, _ odds: SocketOdds) {
        let answer = odds.answer
        self.init(kind, excess, socket: answer.socket, probability: answer.probability)
    }
}
