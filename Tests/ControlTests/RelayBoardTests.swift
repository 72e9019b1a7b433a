import Control
import Foundation
import Testing

struct RelayBoardTests {
    @Test func anOrderToOpenIsSentAcknowledgedAndConfirmedByTheWattsThatFell() throws {
        var bench = Bench()
        bench.report(1500, 1505, 1498, first: true, second: false)
        try bench.order(.first, on: false)
        let answer = bench.report(1502, first: true, second: false)
        #expect(answer.wanted == PerRelay(false, false))
        bench.report(2, first: false, second: false)
        #expect(bench.path() == [.queued, .sent, .acknowledged, .confirmed])
        let order = try bench.last()
        // The last three of 1500, 1505, 1498, 1502.
        #expect(order.wattsBefore == 1502)
        #expect(order.wattsAfter == 2)
        #expect(order.acknowledgedAt == bench.now && order.settledAt == bench.now)
        #expect(bench.board.orders.first == nil)
    }

    @Test func anOrderToCloseIsConfirmedByARise() throws {
        var bench = Bench()
        bench.report(40, 41, 40, first: false, second: true)
        try bench.order(.first, on: true)
        bench.report(40, first: false, second: true)
        bench.report(42, first: true, second: true)
        #expect(bench.path() == [.queued, .sent, .acknowledged])
        bench.report(640, first: true, second: true)
        #expect(bench.path().last == .confirmed)
        #expect(try bench.last().wattsAfter == 640)
    }

    @Test func whereNoLoadIsKnownAndNothingMovesNothingCanBeSaid() throws {
        var bench = Bench()
        bench.report(5, 5, 5, first: true, second: false)
        try bench.order(.first, on: false)
        bench.report(5, first: true, second: false)
        bench.report(5, 5, first: false, second: false)
        #expect(bench.path().last == .acknowledged)
        bench.report(4, first: false, second: false)
        #expect(bench.path().last == .unconfirmed)
        #expect(try bench.last().wattsBefore == 5)
    }

    /// A bench whose first socket is known to carry 1,000 W and is on.
    private func knownLoad() throws -> Bench {
        var bench = Bench()
        bench.report(100, 100, 100, first: false, second: true)
        try bench.order(.first, on: true)
        bench.report(100, first: false, second: true)
        bench.report(1100, 1100, 1100, 1100, first: true, second: true)
        return bench
    }

    @Test func theLoadOfASocketIsLearnedFromItsSwitchings() throws {
        let bench = try knownLoad()
        #expect(bench.board.memory.loads == PerRelay(1000, nil))
        #expect(bench.path() == [.queued, .sent, .acknowledged, .confirmed])
    }

    @Test func aKnownLoadThatGoesOnIsAContactThatDidNotOpen() throws {
        var bench = try knownLoad()
        try bench.order(.first, on: false)
        bench.report(1100, first: true, second: true)
        bench.report(1090, 1100, first: false, second: true)
        #expect(bench.path(of: 2).last == .acknowledged)
        bench.report(1105, first: false, second: true)
        #expect(bench.path(of: 2) == [.queued, .sent, .acknowledged, .stuck])
        #expect(try bench.last(2).wattsBefore == 1100)
        #expect(try bench.last(2).wattsAfter == 1100)
        // What did not open does not say that the socket carries nothing.
        #expect(bench.board.memory.loads.first == 1000)
    }

    @Test(arguments: [(500.0, RelayOrder.State.confirmed), (501, .unconfirmed), (799, .unconfirmed), (801, .stuck)])
    func sixtyPercentOfALoadConfirmsAndUnderThirtyIsStuck(_ after: Double, _ state: RelayOrder.State) throws {
        var bench = try knownLoad()
        try bench.order(.first, on: false)
        bench.report(1100, first: true, second: true)
        bench.report(after, after, after, first: false, second: true)
        // 1,100 less 600 is 500; less 300 is 800.
        #expect(bench.path(of: 2).last == state)
    }

    @Test func aLoadThatHadStoppedByItselfIsNotStuck() throws {
        var bench = try knownLoad()
        bench.report(120, 120, 120, first: true, second: true)
        try bench.order(.first, on: false)
        bench.report(120, first: true, second: true)
        bench.report(120, 120, 120, first: false, second: true)
        #expect(bench.path(of: 2).last == .unconfirmed)
    }

    @Test func aSmallKnownLoadIsAsIfNothingWasKnown() throws {
        var memory = RelayMemory()
        memory.loads.first = 12
        for (fall, state) in [(12.0, RelayOrder.State.unconfirmed), (15, .confirmed)] {
            var bench = Bench(RelayBoard(remembering: memory))
            bench.report(100, 100, 100, first: true)
            try bench.order(.first, on: false)
            bench.report(100, first: true)
            bench.report(100 - fall, 100 - fall, 100 - fall, first: false)
            #expect(bench.path().last == state)
        }
    }

    @Test func anOrderToCloseWhoseLoadDoesNotStartIsNotStuck() throws {
        var memory = RelayMemory()
        memory.loads.first = 2000
        var bench = Bench(RelayBoard(remembering: memory))
        bench.report(10, 10, 10, first: false)
        try bench.order(.first, on: true)
        bench.report(10, first: false)
        bench.report(10, 10, 10, first: true)
        #expect(bench.path().last == .unconfirmed)
    }

    @Test func anOrderForWhatIsSoAlreadyMovesNoPowerAndIsNotJudgedByIt() throws {
        var memory = RelayMemory()
        memory.loads.first = 2000
        var bench = Bench(RelayBoard(remembering: memory))
        bench.report(2500, 2500, 2500, first: false, second: true)
        try bench.order(.first, on: false)
        bench.report(2500, 2500, first: false, second: true)
        #expect(bench.path() == [.queued, .sent, .acknowledged, .unconfirmed])
        #expect(try bench.last().wattsBefore == nil)
    }

    @Test func readingsWithoutPowerSettleAnOrderAllTheSame() throws {
        var bench = Bench()
        bench.report(nil, nil, nil, first: true)
        try bench.order(.first, on: false)
        bench.report(nil, first: true)
        bench.report(nil, nil, nil, first: false)
        #expect(bench.path() == [.queued, .sent, .acknowledged, .unconfirmed])
        #expect(try bench.last().wattsAfter == nil)
    }

    @Test func readingsWithoutRelaysLeaveAnOrderSentUntilItExpires() throws {
        var bench = Bench()
        try bench.order(.second, on: true)
        for _ in 0..<5 {
            let answer = bench.report(100)
            #expect(answer.wanted == PerRelay(nil, true))
        }
        #expect(bench.path() == [.queued, .sent])
        let answer = bench.report(100, 100)
        #expect(bench.path() == [.queued, .sent, .expired])
        #expect(answer.wanted == PerRelay(nil, nil))
    }

    @Test(arguments: [(true, 30.0), (false, 600)])
    func anOrderToCloseHoldsHalfAMinuteAndOneToOpenTenMinutes(isOn: Bool, seconds: Double) throws {
        var bench = Bench()
        try bench.order(.first, on: isOn)
        bench.wait(seconds - 1)
        #expect(bench.path() == [.queued])
        bench.wait(1)
        #expect(bench.path() == [.queued, .expired])
    }

    @Test func whatIsObeyedTooLateHasExpired() throws {
        var bench = Bench()
        bench.report(10, first: false)
        try bench.order(.first, on: true)
        bench.report(10, first: false)
        bench.interval = 30
        bench.report(900, first: true)
        #expect(bench.path() == [.queued, .sent, .expired])
        #expect(bench.board.wanted.first == true)
    }

    @Test func aNewerOrderForTheSameRelayReplacesAndOneForTheOtherDoesNot() throws {
        var bench = Bench()
        bench.report(10, first: false, second: false)
        try bench.order(.first, on: true)
        try bench.order(.second, on: true)
        try bench.order(.first, on: false)
        #expect(bench.path(of: 1) == [.queued, .replaced])
        #expect(bench.path(of: 2) == [.queued])
        #expect(bench.report(10, first: false, second: false).wanted == PerRelay(false, true))
    }

    @Test func anOrderThatWasObeyedIsReplacedWhileItsWattsAreAwaited() throws {
        var bench = Bench()
        bench.report(5, 5, 5, first: true)
        try bench.order(.first, on: false)
        bench.report(5, first: true)
        bench.report(5, first: false)
        try bench.order(.first, on: true)
        #expect(bench.path(of: 1) == [.queued, .sent, .acknowledged, .replaced])
    }

    @Test func aDeviceThatFallsSilentAfterItObeyedLeavesTheOrderUnconfirmed() throws {
        var bench = Bench()
        bench.report(5, 5, 5, first: true)
        try bench.order(.first, on: false)
        bench.report(5, first: true)
        bench.report(5, first: false)
        bench.wait(600)
        #expect(bench.path() == [.queued, .sent, .acknowledged, .unconfirmed])
    }

    @Test func aRelayThatIsSwitchedBackByHandEndsTheWaitForItsWatts() throws {
        var bench = Bench()
        bench.report(5, 5, 5, first: true)
        try bench.order(.first, on: false)
        bench.report(5, first: true)
        bench.report(5, first: false)
        #expect(bench.report(5, first: true).wanted.first == true)
        #expect(bench.path() == [.queued, .sent, .acknowledged, .unconfirmed])
    }

    @Test func aReadingThatComesTwiceOrLateSaysNothing() throws {
        var bench = Bench()
        bench.report(10, first: false)
        let old = RelayReport(at: bench.now, power: 10, states: PerRelay(true, nil))
        try bench.order(.first, on: true)
        bench.report(10, first: false)
        #expect(bench.board.take(old, at: bench.now + 1).isEmpty)
        let newest = RelayReport(at: bench.now, power: 10, states: PerRelay(true, nil))
        #expect(bench.board.take(newest, at: bench.now + 1).isEmpty)
        #expect(bench.board.orders.first?.state == .sent)
        #expect(bench.board.reported.first == false)
    }

    @Test func aClockThatWasFastDoesNotDeafenTheBoardWhenItIsSetRight() {
        var board = RelayBoard()
        let now = Date(timeIntervalSince1970: 1_772_000_000)
        _ = board.take(RelayReport(at: now + 3600, states: PerRelay(false, false)), at: now)
        _ = board.take(RelayReport(at: now + 5, states: PerRelay(true, false)), at: now + 5)
        #expect(board.reported == PerRelay(true, false))
    }

    @Test func settledOrdersAndStatesThatNobodyWishedAreAnsweredAsTheyAre() throws {
        var bench = Bench()
        #expect(bench.report(10).wanted == PerRelay(nil, nil))
        #expect(bench.report(10, first: true, second: false).wanted == PerRelay(true, false))
        #expect(bench.report(10, first: false, second: true).wanted == PerRelay(false, true))
    }
}
