import Control
import Foundation
import Store
import TestSupport
import Notices
import Testing

@Suite(.scratchDatabase)
struct AlertStoreTests {
    private let now: Date

    init() throws {
        now = try instant("2026-02-20T06:30:00Z")
    }

    private func alert(of household: Household, device: Int64?, _ kind: NoticeKind = .heavier, at opened: Date) -> Alert
    {
        let condition = AlertCondition(
            AlertCondition.Key(device: device, kind: kind, socket: .second), probability: 0.75, observed: 1870.5,
            usual: 640)
        return Alert(household: household.id, condition, sentence: "It's \"hot\".", openedAt: opened)
    }

    @Test func anAlertComesBackThroughAllItsStates() async throws {
        let store = AlertStore(try .scratch)
        let household = try await HouseholdStore(try .scratch).sample()
        let device = try await sampleDevice(of: household)
        let opened = alert(of: household, device: device, at: now)
        let id = try await store.open(opened)
        var read = try #require(try await store.alert(id))
        #expect(read.condition == opened.condition && read.sentence == opened.sentence && read.state == .open)
        #expect(try await store.acknowledge(id, by: "asha", at: now + 5))
        #expect(try await !store.acknowledge(id, by: "ravi", at: now + 6))
        read = try #require(try await store.alert(id))
        #expect(read.state == .acknowledged && read.acknowledgedBy == "asha" && read.acknowledgedAt == now + 5)
        #expect(try await store.resolve(id, at: now + 9))
        #expect(try await !store.resolve(id, by: "ravi", at: now + 10))
        #expect(try await !store.acknowledge(id, by: "ravi", at: now + 10))
        read = try #require(try await store.alert(id))
        #expect(read.state == .resolved && read.resolvedAt == now + 9 && read.resolvedBy == nil)
        #expect(try await store.alert(id + 1) == nil)
    }

    @Test func whatAProbeFoundStandsInTheAlert() async throws {
        let store = AlertStore(try .scratch)
        let household = try await HouseholdStore(try .scratch).sample()
        let opened = alert(of: household, device: try await sampleDevice(of: household), at: now)
        let id = try await store.open(opened)
        #expect(try await store.alert(id)?.probe == nil)
        let found = AlertProbe(at: now + 9, socket: .first, probability: 0.75)
        #expect(try await store.note(found, of: id, saying: "So it is the pump."))
        let read = try #require(try await store.alert(id))
        #expect(read.probe == found && read.socket == .first && read.sentence == "So it is the pump.")
        #expect(read.condition == opened.condition, "its condition stays as it was named at first")
        let unclear = AlertProbe(at: now + 10, socket: nil, probability: nil)
        #expect(try await store.note(unclear, of: id, saying: "It cannot be told."))
        #expect(try await store.openAlerts().map(\.probe) == [unclear])
        #expect(try await store.openAlerts().map(\.socket) == [.second])
        #expect(try await !store.note(unclear, of: id + 1, saying: ""))
        let late = try await store.open(
            Alert(household: household.id, opened.condition, sentence: "", openedAt: now, probe: found))
        #expect(try await store.alert(late)?.probe == found)
    }

    @Test func alertsAreListedByHouseholdTheNewestFirst() async throws {
        let store = AlertStore(try .scratch)
        let nair = try await HouseholdStore(try .scratch).sample()
        let rao = try await HouseholdStore(try .scratch).sample("rao")
        var ids: [Int64] = []
        for (index, kind) in [NoticeKind.heavier, .dayLimit, .offline].enumerated() {
            ids.append(try await store.open(alert(of: nair, device: nil, kind, at: now + Double(index))))
        }
        let foreign = try await store.open(alert(of: rao, device: nil, at: now))
        try await store.resolve(ids[1], by: "asha", at: now + 60)
        #expect(try await store.alerts(of: nair.id, limit: 2).map(\.id) == [ids[2], ids[1]])
        #expect(try await store.openAlerts(of: nair.id).map(\.id) == [ids[2], ids[0]])
        #expect(try await store.openAlerts().count == 3)
        #expect(try await store.openOrResolved(after: now + 59).map(\.id) == [ids[0], foreign, ids[1], ids[2]])
        #expect(try await store.openOrResolved(after: now + 60).map(\.id) == [ids[0], foreign, ids[2]])
    }

    @Test func aBookThatIsRestoredGoesOn() async throws {
        let store = AlertStore(try .scratch)
        let household = try await HouseholdStore(try .scratch).sample()
        let device = try await sampleDevice(of: household)
        let quiet = QuietHours(zone: household.zone)
        let opened = alert(of: household, device: device, at: now)
        let id = try await store.open(opened)
        var book = AlertBook(
            household: household.id, quiet: quiet, restoring: try await store.openOrResolved(after: now - 600), at: now)
        #expect(book.raise(opened.condition, in: AlertPlace(), at: now + 5).isEmpty)
        let resolved = try book.resolve(id, by: "asha", at: now + 10)
        #expect(resolved.first?.alert.id == id)
    }
}
