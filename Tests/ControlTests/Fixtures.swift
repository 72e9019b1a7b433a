import Control
import Foundation
import Metering
import Testing

func instant(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}

/// A device at a board: each reading comes five seconds after the one before, and is answered.
struct Bench {
    var board: RelayBoard
    var now = Date(timeIntervalSince1970: 1_772_000_000)
    var interval = 5.0
    var bootID: Int32? = 7
    var amperes: Double?
    /// What its next readings tell of a relay that was open for a moment.
    var pulsed: PulseReport?
    /// All that changed, in order.
    private(set) var changes: [RelayOrder] = []
    private var lastOrder: Int64 = 0

    init(_ board: RelayBoard = RelayBoard()) {
        self.board = board
    }

    /// One reading after the other, each with the same states.
    @discardableResult
    mutating func report(_ powers: Double?..., first: Bool? = nil, second: Bool? = nil) -> RelayAnswer {
        var answer = RelayAnswer(wanted: PerRelay(nil, nil), changes: [])
        for power in powers {
            now += interval
            changes += board.take(
                RelayReport(
                    at: now, power: power, states: PerRelay(first, second), bootID: bootID, amperes: amperes,
                    pulse: pulsed), at: now)
            answer = board.answer(at: now)
            changes += answer.changes
        }
        return answer
    }

    @discardableResult
    mutating func order(_ relay: Relay, on: Bool, lifetime: Double? = nil) throws -> Int64 {
        try board.check(relay, isOn: on)
        return place(relay, on: on, lifetime: try lifetime.map { try OrderLifetime(asked: $0, isOn: on) })
    }

    /// Gives an order that nobody checks.
    @discardableResult
    mutating func place(_ relay: Relay, on: Bool, lifetime: OrderLifetime? = nil) -> Int64 {
        lastOrder += 1
        let draft = RelayOrderDraft(
            device: 1, relay: relay, isOn: on, by: "asha", because: "test", at: now,
            lifetime: lifetime ?? .usual(isOn: on))
        changes += board.place(RelayOrder(id: lastOrder, draft), at: now)
        return lastOrder
    }

    /// Gives an order to open a relay for a moment, if less than 10 A flow.
    @discardableResult
    mutating func pulse(_ relay: Relay) -> Int64 {
        lastOrder += 1
        let draft = RelayOrderDraft(
            device: 1, relay: relay, isOn: false, by: "probe", because: "test", at: now, lifetime: .usual(isOn: true),
            pulse: RelayPulse(milliseconds: 3000, belowAmperes: 10))
        changes += board.place(RelayOrder(id: lastOrder, draft), at: now)
        return lastOrder
    }

    mutating func withdraw(_ pulse: Int64) {
        changes += board.withdraw(pulse, at: now)
    }

    mutating func wait(_ seconds: Double) {
        now += seconds
        changes += board.tick(at: now)
    }

    mutating func protect(_ relays: Set<Relay>) {
        changes += board.protect(relays, at: now)
    }

    mutating func cutOff(_ relay: Relay) throws {
        changes += try board.cutOff(relay, at: now)
    }

    /// The states that an order went through.
    func path(of order: Int64 = 1) -> [RelayOrder.State] {
        changes.filter { $0.id == order }.map(\.state)
    }

    func last(_ order: Int64 = 1) throws -> RelayOrder {
        try #require(changes.last { $0.id == order })
    }
}
