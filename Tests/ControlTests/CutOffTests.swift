import Control
import Foundation
import Testing

struct CutOffTests {
    @Test func aCutOffHoldsTheRelayOpenUntilItIsReleased() throws {
        var bench = Bench()
        bench.report(10, first: true, second: true)
        try bench.cutOff(.first)
        #expect(bench.report(10, 10, first: true, second: true).wanted == PerRelay(false, true))
        bench.report(5, first: false, second: true)
        // By hand, on the device itself.
        #expect(bench.report(10, first: true, second: true).wanted.first == false)
        #expect(bench.report(5, first: false, second: true).wanted.first == false)
        bench.board.release(.first)
        #expect(bench.report(5, first: false, second: true).wanted.first == false)
        try bench.order(.first, on: true)
        #expect(bench.report(5, first: false, second: true).wanted.first == true)
    }

    @Test func ordersToCloseItAreRefusedAndOnesThatWaitAreReplaced() throws {
        var bench = Bench()
        bench.report(10, first: false)
        try bench.order(.first, on: true)
        try bench.cutOff(.first)
        #expect(bench.path() == [.queued, .replaced])
        #expect(throws: ControlError(.cutOff, "Socket 1 is cut off; release it before it is switched on again.")) {
            try bench.order(.first, on: true)
        }
        try bench.order(.first, on: false)
        #expect(bench.path(of: 2) == [.queued])
    }

    @Test func anOrderThatWasNumberedBeforeTheCutOffEndsAtOnce() throws {
        var bench = Bench()
        try bench.cutOff(.second)
        let order = bench.place(.second, on: true)
        #expect(bench.path(of: order) == [.replaced])
        #expect(bench.board.wanted.second == false)
    }

    @Test func aCutOffStandsAfterTheDaemonStartsAnew() {
        var bench = Bench(RelayBoard(cutOff: [.second]))
        #expect(bench.report(10).wanted == PerRelay(nil, false))
    }

    @Test func whatIsNeverCutIsNeitherOpenedNorCutOff() throws {
        var bench = Bench(RelayBoard(neverCut: [.first]))
        let refusal = ControlError(.neverCut, "Socket 1 is never switched off; take it off that list first.")
        #expect(throws: refusal) { try bench.order(.first, on: false) }
        #expect(throws: refusal) { try bench.cutOff(.first) }
        try bench.order(.first, on: true)
        try bench.order(.second, on: false)
        bench.protect([.second])
        #expect(bench.path(of: 2) == [.queued, .replaced])
        try bench.order(.first, on: false)
        #expect(bench.path(of: 1) == [.queued, .replaced])
    }
}
