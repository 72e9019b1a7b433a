import Control
import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct RelayStoreTests {
    private let now: Date

    init() throws {
        now = try instant("2026-02-20T06:30:00Z")
    }

    private func device() async throws -> Int64 {
        try await sampleDevice(of: try await HouseholdStore(try .scratch).sample())
    }

    @Test func anOrderComesBackAsItWasGivenAndAsItEnded() async throws {
        let store = RelayStore(try .scratch)
        let draft = orderDraft(of: try await device(), .second, on: true, at: now)
        let order = try await store.insert(draft)
        #expect(order.state == .queued && order.draft == draft)
        #expect(try await store.order(order.id) == order)
        #expect(try await store.order(order.id + 1) == nil)

        var board = RelayBoard()
        var changes = board.place(order, at: now)
        func report(_ power: Double, _ isOn: Bool, at instant: Date) {
            changes += board.take(RelayReport(at: instant, power: power, states: PerRelay(nil, isOn)), at: instant)
            changes += board.answer(at: instant).changes
        }
        for second in 1...4 { report(100.5, false, at: now + Double(second)) }
        report(900.25, true, at: now + 5)
        #expect(try await store.save(changes) == 1)
        let last = try #require(changes.last)
        #expect(last.state == .confirmed && last.wattsAfter == 900.25)
        #expect(try await store.order(order.id) == last)
        #expect(try await store.unsettled().isEmpty)
    }

    @Test func anOrderForAMomentComesBackAndIsFoundByItsTime() async throws {
        let store = RelayStore(try .scratch)
        let device = try await device()
        #expect(try await store.lastPulse(of: device) == nil)
        _ = try await store.insert(orderDraft(of: device, at: now + 60))
        #expect(try await store.lastPulse(of: device) == nil)
        for seconds in [0.0, 30] {
            let draft = RelayOrderDraft(
                device: device, relay: .first, isOn: false, by: "probe", because: "to find out", at: now + seconds,
                lifetime: .usual(isOn: true), pulse: RelayPulse(milliseconds: 3000, belowAmperes: 10))
            let order = try await store.insert(draft)
            #expect(try await store.order(order.id) == order)
        }
        #expect(try await store.lastPulse(of: device) == now + 30)
        #expect(try await store.lastPulse(of: device + 1) == nil)
    }

    @Test func whatHasSettledStaysAsItIs() async throws {
        let store = RelayStore(try .scratch)
        let order = try await store.insert(orderDraft(of: try await device(), at: now))
        var board = RelayBoard()
        _ = board.place(order, at: now)
        let expired = board.tick(at: now + 3600)
        #expect(try await store.save(expired) == 1)
        #expect(try await store.save([order]) == 0)
        #expect(try await store.save([]) == 0)
        #expect(try await store.order(order.id)?.state == .expired)
        #expect(try await store.order(order.id)?.settledAt == now + 3600)
    }

    @Test func anEarlierStateThatComesLateChangesNothing() async throws {
        let store = RelayStore(try .scratch)
        let order = try await store.insert(orderDraft(of: try await device(), at: now))
        var board = RelayBoard()
        _ = board.place(order, at: now)
        let sent = board.answer(at: now + 1).changes
        #expect(try await store.save(sent) == 1)
        #expect(try await store.save([order]) == 0)
        #expect(try await store.order(order.id) == sent.first)
    }

    @Test func theHistoryBeginsWithTheNewestAndIsOneDevicesOwn() async throws {
        let store = RelayStore(try .scratch)
        let mine = try await device()
        let other = try await sampleDevice(of: nil, token: "other")
        var ids: [Int64] = []
        for second in 0..<5 {
            ids.append(try await store.insert(orderDraft(of: mine, at: now + Double(second))).id)
            _ = try await store.insert(orderDraft(of: other, at: now))
        }
        #expect(try await store.orders(of: mine, limit: 3).map(\.id) == ids.suffix(3).reversed())
        #expect(try await store.unsettled().count == 10)
    }

    @Test func aCutOffStandsOnceUntilItIsReleased() async throws {
        let store = RelayStore(try .scratch)
        let device = try await device()
        let cutOff = try await store.cutOff(.second, of: device, by: "asha", because: "smoke", at: now)
        #expect(try await store.standingCutOffs(of: device) == [cutOff])
        #expect(try await store.standingCutOffs() == [cutOff])
        #expect(try await store.standingCutOffs(of: device + 1).isEmpty)
        await #expect(throws: StoreError(.conflict, "Socket 2 is cut off already.")) {
            try await store.cutOff(.second, of: device, by: "ravi", because: "fire", at: now + 1)
        }
        try await store.release(.second, of: device, by: "ravi", at: now + 2)
        #expect(try await store.standingCutOffs().isEmpty)
        await #expect(throws: StoreError(.absent, "Socket 2 is not cut off.")) {
            try await store.release(.second, of: device, by: "ravi", at: now + 3)
        }
        _ = try await store.cutOff(.second, of: device, by: "asha", because: "again", at: now + 4)
        #expect(try await store.standingCutOffs().map(\.reason) == ["again"])
    }
}
