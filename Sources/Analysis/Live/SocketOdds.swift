import Notices

/// Which socket something hangs on, as odds that add up to one.
struct SocketOdds: Equatable, Codable, Sendable {
    let first: Double

    var second: Double { 1 - first }

    /// The likelier one, with its probability; unknown where both are about as likely.
    var answer: (socket: NoticeSocket, probability: Double) {
        first >= 0.5 ? (.first, first) : (.second, second)
    }

    /// The odds after something was seen that is so many times as likely for the socket as for the other.
    func weighing(_ socket: Int, _ ratio: Double) -> SocketOdds {
        let weight = ratio * of(socket)
        return SocketOdds(socket, weight / (weight + of(1 - socket)))
    }

    func of(_ socket: Int) -> Double { socket == 0 ? first : second }

    init(first: Double) {
        self.first = min(0.97, max(0.03, first))
    }

    /// For the socket given.
    init(_ socket: Int, _ probability: Double) {
        self.init(first: socket == 0 ? probability : 1 - probability)
    }
}
