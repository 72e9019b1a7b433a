import Metering

/// Watts in each minute of a day: at the two switched sockets, and in the rest of the house.
struct HomeLoad {
    var first: [Double]
    var second: [Double]
    var rest: [Double]

    /// People switch a socket on so many minutes before they use it, and off as many after.
    private static let margin = 5

    init(minutes: Int) {
        first = Array(repeating: 0, count: minutes)
        second = first
        rest = first
    }

    /// Nothing flows in these minutes.
    mutating func cut(_ minutes: Range<Int>) {
        for minute in minutes {
            first[minute] = 0
            second[minute] = 0
            rest[minute] = 0
        }
    }

    func watts(_ minute: Int) -> Double {
        first[minute] + second[minute] + rest[minute]
    }

    func relays(_ minute: Int) -> RelayStates {
        var states: RelayStates = []
        if isUsed(first, about: minute) { states.insert(.first) }
        if isUsed(second, about: minute) { states.insert(.second) }
        return states
    }

    private func isUsed(_ socket: [Double], about minute: Int) -> Bool {
        socket[max(0, minute - Self.margin)...min(socket.count - 1, minute + Self.margin)].contains { $0 > 0 }
    }
}
