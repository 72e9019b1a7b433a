import Control
import Foundation
import Testing

struct DeviceRestartTests {
    /// The first relay is open, because it obeyed an order.
    private func openedBench() throws -> Bench {
        var bench = Bench()
        bench.report(500, 500, 500, first: true)
        try bench.order(.first, on: false)
        bench.report(500, first: true)
        bench.report(0, 0, 0, first: false)
        return bench
    }

    @Test func aDeviceWhoseFlashWasOlderIsOpenedAgain() throws {
        var bench = try openedBench()
        bench.bootID = 8
        #expect(bench.report(500, first: true).wanted.first == false)
        #expect(bench.report(500, first: true).wanted.first == false)
        #expect(bench.report(0, first: false).wanted.first == false)
        // Closed by hand: that is not ours to undo.
        #expect(bench.report(500, first: true).wanted.first == true)
    }

    @Test func anUptimeThatFellIsARestartToo() throws {
        var board = RelayBoard()
        let start = Date(timeIntervalSince1970: 1_772_000_000)
        func report(_ seconds: Double, _ isOn: Bool, uptime: Int32) -> RelayReport {
            RelayReport(at: start + seconds, states: PerRelay(isOn, nil), uptime: uptime)
        }
        _ = board.take(report(0, true, uptime: 100), at: start)
        let draft = RelayOrderDraft(
            device: 1, relay: .first, isOn: false, by: "asha", because: "test", at: start, lifetime: .usual(isOn: false)
        )
        _ = board.place(RelayOrder(id: 1, draft), at: start)
        _ = board.answer(at: start)
        _ = board.take(report(5, false, uptime: 105), at: start + 5)
        _ = board.take(report(10, true, uptime: 3), at: start + 10)
        #expect(board.wanted.first == false)
    }

    @Test func aRelayThatWasClosedByHandBeforeIsLeftClosed() throws {
        var bench = try openedBench()
        bench.report(500, first: true)
        bench.bootID = 8
        #expect(bench.report(500, first: true).wanted.first == true)
    }

    @Test func closingIsNeverAssertedAgain() throws {
        var bench = Bench()
        bench.report(0, 0, 0, first: false)
        try bench.order(.first, on: true)
        bench.report(0, first: false)
        bench.report(500, 500, 500, first: true)
        bench.bootID = 8
        #expect(bench.report(0, first: false).wanted.first == false)
    }

    @Test func aRestartIsRememberedUntilTheRelaysAreTold() throws {
        var bench = try openedBench()
        bench.bootID = 8
        #expect(bench.report(0).wanted.first == false)
        #expect(bench.report(500, first: true).wanted.first == false)
    }

    @Test func theDaemonsOwnRestartForgetsNothing() throws {
        let old = try openedBench()
        let memory = try JSONDecoder().decode(
            RelayMemory.self, from: JSONEncoder().encode(old.board.memory))
        #expect(memory == old.board.memory)
        #expect(memory.loads.first == 500)
        var bench = Bench(RelayBoard(remembering: memory))
        bench.bootID = 8
        #expect(bench.report(500, first: true).wanted.first == false)
        // Without a restart of the device, somebody closed it while the daemon was away.
        bench = Bench(RelayBoard(remembering: memory))
        #expect(bench.report(500, first: true).wanted.first == true)
    }

    @Test func ordersThatHadNotSettledGoOnAfterTheDaemonsRestart() throws {
        let now = Date(timeIntervalSince1970: 1_772_000_000)
        func order(_ id: Int64, _ relay: Relay, _ state: RelayOrder.State) -> RelayOrder {
            RelayOrder(
                id: id,
                RelayOrderDraft(
                    device: 1, relay: relay, isOn: false, by: "asha", because: "test", at: now,
                    lifetime: .usual(isOn: false)),
                state: state, sentAt: now, acknowledgedAt: state == .acknowledged ? now : nil)
        }
        var board = RelayBoard()
        _ = board.place(order(1, .first, .sent), at: now)
        _ = board.place(order(2, .second, .acknowledged), at: now)
        let changes = board.take(RelayReport(at: now + 5, power: 10, states: PerRelay(false, false)), at: now + 5)
        #expect(changes.filter { $0.id == 1 }.map(\.state) == [.acknowledged, .unconfirmed])
        #expect(changes.filter { $0.id == 2 }.map(\.state) == [.unconfirmed])
    }

    @Test func powersAreNotComparedAcrossARestartOrALongSilence() throws {
        for restarts in [true, false] {
            var bench = Bench()
            bench.report(500, 500, 500, first: true)
            try bench.order(.first, on: false)
            bench.report(500, first: true)
            if restarts { bench.bootID = 8 } else { bench.now += 400 }
            bench.report(0, 0, 0, first: false)
            #expect(bench.path() == [.queued, .sent, .acknowledged, .unconfirmed])
            #expect(bench.board.memory.loads.first == nil)
        }
    }
}
