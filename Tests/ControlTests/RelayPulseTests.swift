import Control
import Foundation
import Testing

/// Relays that a device opens for a moment, at the board.
struct RelayPulseTests {
    private func bench(_ amperes: Double? = 8) -> Bench {
        var bench = Bench()
        bench.amperes = amperes
        bench.report(2000, 2000, 2000, first: true, second: true)
        return bench
    }

    @Test func itGoesOutInOneAnswerAndTheRelayIsWantedOnAllTheTime() throws {
        var bench = bench()
        let id = bench.pulse(.first)
        #expect(bench.path() == [.queued])
        let sent = bench.report(2000, first: true, second: true)
        #expect(sent.pulse?.id == id && sent.pulse?.draft.pulse?.milliseconds == 3000)
        #expect(sent.wanted == PerRelay(true, true))
        let next = bench.report(2000, first: true, second: true)
        #expect(next.pulse == nil && next.wanted == PerRelay(true, true))
        bench.pulsed = PulseReport(order: id, before: 2000, open: 100)
        let after = bench.report(2000, first: true, second: true)
        #expect(bench.path() == [.queued, .sent, .acknowledged, .confirmed])
        let order = try bench.last()
        #expect(order.wattsBefore == 2000 && order.wattsAfter == 100 && order.acknowledgedAt == bench.now)
        #expect(after.wanted == PerRelay(true, true) && bench.board.orders == PerRelay(nil, nil))
        bench.report(2000, first: true, second: true)
        #expect(bench.path().count == 4, "told twice counts once")
    }

    @Test(
        arguments: [
            (2000.0, 2000.0, RelayOrder.State.unconfirmed), (2000, 1986, .unconfirmed), (2000, 1985, .confirmed),
            (2000, nil, .unconfirmed), (nil, nil, .expired),
        ] as [(Double?, Double?, RelayOrder.State)])
    func itsReceiptIsWhatTheDeviceMeasured(_ before: Double?, _ open: Double?, _ state: RelayOrder.State) {
        var bench = bench()
        let id = bench.pulse(.second)
        bench.report(2000, first: true, second: true)
        bench.pulsed = PulseReport(order: id, before: before, open: open)
        bench.report(2000, first: true, second: true)
        #expect(bench.path().last == state)
    }

    @Test(arguments: [(10.0, true), (9.9, false)])
    func itIsSentOnlyUnderWhatTheContactBears(_ amperes: Double, _ isRefused: Bool) {
        var bench = bench()
        bench.pulse(.first)
        bench.amperes = amperes
        let answer = bench.report(2000, first: true, second: true)
        #expect((answer.pulse == nil) == isRefused)
        #expect(bench.path().last == (isRefused ? .expired : .sent))
    }

    @Test func itIsNotSentWhenNobodyKnowsWhatFlowsOrARelayWentOff() {
        for (first, second, amperes) in [(true, true, nil), (false, true, 8.0), (true, false, 8)]
            as [(Bool, Bool, Double?)]
        {
            var bench = bench()
            bench.pulse(.first)
            bench.amperes = amperes
            #expect(bench.report(2000, first: first, second: second).pulse == nil)
            #expect(bench.path() == [.queued, .expired])
        }
    }

    @Test func anyOtherOrderGoesBeforeIt() throws {
        var before = bench()
        try before.order(.first, on: false)
        before.pulse(.first)
        #expect(before.path(of: 2) == [.replaced])
        var after = bench()
        after.pulse(.first)
        try after.order(.first, on: false)
        #expect(after.path() == [.queued, .replaced])
        #expect(after.report(2000, first: true, second: true).wanted == PerRelay(false, true))
        var meanwhile = bench()
        meanwhile.pulse(.first)
        meanwhile.report(2000, first: true, second: true)
        try meanwhile.order(.first, on: false)
        #expect(meanwhile.path() == [.queued, .sent, .replaced])
        #expect(meanwhile.report(2000, first: true, second: true).wanted == PerRelay(false, true))
        var other = bench()
        other.pulse(.first)
        try other.order(.second, on: false)
        other.report(2000, first: true, second: true)
        #expect(other.path() == [.queued, .expired])
    }

    @Test func aCutOffAndTheListOfWhatIsNeverCutEndIt() throws {
        var held = bench()
        held.pulse(.first)
        try held.cutOff(.first)
        #expect(held.path() == [.queued, .replaced])
        #expect(held.report(2000, first: true, second: true).wanted.first == false)
        held.pulse(.first)
        #expect(held.path(of: 2) == [.replaced])
        var protected = bench()
        protected.pulse(.first)
        protected.protect([.first])
        #expect(protected.path() == [.queued, .replaced])
        protected.pulse(.first)
        #expect(protected.path(of: 2) == [.replaced])
    }

    @Test func whatIsTakenBackBeforeItIsSentIsNeverSent() {
        var bench = bench()
        let id = bench.pulse(.first)
        bench.withdraw(id)
        #expect(bench.path() == [.queued, .replaced])
        #expect(bench.report(2000, first: true, second: true).pulse == nil)
        let sent = bench.pulse(.first)
        bench.report(2000, first: true, second: true)
        bench.withdraw(sent)
        #expect(bench.path(of: sent) == [.queued, .sent])
    }

    /// The power was cut while the relay was open, and the device kept that.
    @Test func aRelayThatComesBackOpenIsWantedOn() {
        var bench = bench()
        bench.pulse(.first)
        bench.report(2000, first: true, second: true)
        bench.bootID = 8
        #expect(bench.report(100, first: false, second: true).wanted == PerRelay(true, true))
        bench.wait(600)
        #expect(bench.path() == [.queued, .sent, .expired])
        #expect(bench.report(100, first: false, second: true).wanted == PerRelay(true, true))
        bench.report(2000, first: true, second: true)
        // From now on the button on the board counts again.
        #expect(bench.report(100, first: false, second: true).wanted == PerRelay(false, true))
    }

    @Test(arguments: [RelayOrder.State.queued, .sent])
    func whatAnEarlierRunLeftIsOverAndTheRelayIsWantedOn(_ state: RelayOrder.State) throws {
        var earlier = bench()
        earlier.pulse(.first)
        if state == .sent { earlier.report(2000, first: true, second: true) }
        var board = RelayBoard(remembering: earlier.board.memory)
        let settled = board.abandon(try earlier.last())
        #expect(settled.map(\.state) == [.expired])
        var bench = Bench(board)
        let back = bench.report(100, first: false, second: true)
        #expect(back.wanted == PerRelay(true, true) && back.pulse == nil)
        bench.report(2000, first: true, second: true)
        #expect(bench.report(100, first: false, second: true).wanted == PerRelay(false, true))
    }

    @Test func whatMayBeOpenIsRemembered() throws {
        var earlier = bench()
        earlier.pulse(.second)
        earlier.report(2000, first: true, second: true)
        let bytes = try PropertyListEncoder().encode(earlier.board.memory)
        let memory = try PropertyListDecoder().decode(RelayMemory.self, from: bytes)
        var bench = Bench(RelayBoard(remembering: memory))
        #expect(bench.report(100, first: true, second: false).wanted == PerRelay(true, true))
    }
}
