import Control
import Foundation
import Simulation
import Testing

/// What holds of every order, whatever people, devices and networks do.
struct OrderLawTests {
    private static let follows: [RelayOrder.State: Set<RelayOrder.State>] = [
        .queued: [.sent, .expired, .replaced],
        .sent: [.acknowledged, .expired, .replaced],
        .acknowledged: [.confirmed, .unconfirmed, .stuck, .replaced],
    ]

    @Test(arguments: 0..<40) func anOrderEndsInExactlyOneFinalStateByAKnownPath(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bench = Bench()
        var home = SomeHome()
        for _ in 0..<400 { try home.live(&bench, &generator) }
        bench.wait(86_400)
        let paths = Dictionary(grouping: bench.changes, by: \.id)
        #expect(paths.count > 20)
        for (id, changes) in paths {
            let path = changes.map(\.state)
            #expect(path.filter(\.isFinal).count == 1, "order \(id): \(path)")
            #expect(path.last?.isFinal == true, "order \(id): \(path)")
            for (state, next) in zip(path, path.dropFirst()) {
                #expect(Self.follows[state]?.contains(next) == true, "order \(id): \(path)")
            }
            let last = try #require(changes.last)
            #expect(![.confirmed, .stuck].contains(last.state) || (last.wattsBefore != nil && last.wattsAfter != nil))
            #expect(last.settledAt != nil)
        }
        #expect(bench.board.orders == PerRelay(nil, nil))
    }

    @Test func theseHomesMeetEveryState() throws {
        var met: Set<RelayOrder.State> = []
        for seed: UInt64 in 0..<40 {
            var generator = SeededGenerator(seed: seed)
            var bench = Bench()
            var home = SomeHome()
            for _ in 0..<400 { try home.live(&bench, &generator) }
            met.formUnion(bench.changes.map(\.state))
        }
        #expect(met == Set(RelayOrder.State.allCases))
    }

    /// No reading is answered with anything but what was ordered, cut off or reported.
    @Test(arguments: 100..<110) func nothingIsClosedThatNobodyOrdered(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var bench = Bench()
        var home = SomeHome()
        for _ in 0..<400 {
            let answer = try home.live(&bench, &generator)
            for relay in Relay.allCases where answer.wanted[relay] == true {
                let isOrdered = bench.board.orders[relay].map { $0.isOn && $0.isPending } ?? false
                #expect(isOrdered || bench.board.reported[relay] == true)
                #expect(!bench.board.isCutOff[relay])
            }
        }
    }
}

/// Somebody's home in which anything may happen.
private struct SomeHome {
    var states = PerRelay(true, false)
    var sticks = PerRelay(false, false)

    @discardableResult
    mutating func live(_ bench: inout Bench, _ generator: inout SeededGenerator) throws -> RelayAnswer {
        let relay: Relay = Bool.random(using: &generator) ? .first : .second
        switch Int.random(in: 0..<40, using: &generator) {
        case 0..<6: bench.place(relay, on: Bool.random(using: &generator))
        case 6: try bench.cutOff(relay)
        case 7, 8: bench.board.release(relay)
        case 9: bench.bootID = bench.bootID.map { $0 + 1 }
        case 10: bench.wait(Double.random(in: 1...900, using: &generator))
        case 11: states[relay].toggle()
        case 12: sticks[relay].toggle()
        default: break
        }
        let tells = Int.random(in: 0..<10, using: &generator) > 0
        let knows = Int.random(in: 0..<10, using: &generator) > 0
        let answer = bench.report(
            knows ? power(&generator) : nil, first: tells ? states.first : nil, second: tells ? states.second : nil)
        if Int.random(in: 0..<8, using: &generator) > 0 {
            for relay in Relay.allCases { states[relay] = answer.wanted[relay] ?? states[relay] }
        }
        return answer
    }

    private func power(_ generator: inout SeededGenerator) -> Double {
        (states.first || sticks.first ? 900 : 0) + (states.second || sticks.second ? 60 : 0)
            + Double.random(in: 0...20, using: &generator)
    }
}
