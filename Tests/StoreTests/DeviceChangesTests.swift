import Foundation
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct DeviceChangesTests {
    private let now = Date(timeIntervalSince1970: 1_780_000_000)

    @Test func everyChangeIsToldWhenItIsCommitted() async throws {
        let households = HouseholdStore(try .scratch)
        let store = DeviceStore(try .scratch)
        let home = try await households.sample()
        let changes = try await store.changes()
        let one = try await store.add(name: "A", household: home.id, tokenHash: "1", at: now)
        let two = try await store.add(name: "B", household: nil, tokenHash: "2", claimHash: "c", at: now)
        _ = try await store.setSockets(of: one.id, names: ["a", "b"], neverCut: [])
        _ = try await store.claim(codeHash: "c", for: home.id)
        _ = try await store.rotate(one.id, tokenHash: "3")
        _ = try await store.revoke(two.id, at: now)
        await #expect(throws: StoreError.self) { try await store.rotate(two.id, tokenHash: "4") }
        _ = try await store.announce(
            name: "C", tokenHash: "5", claimHash: "d", most: 5, staleBefore: now, at: now)
        var told: [Int64] = []
        for try await device in changes {
            told.append(device)
            if device == two.id + 1 { break }
        }
        #expect(told == [one.id, two.id, one.id, two.id, one.id, two.id, two.id + 1])
    }

    @Test func aChangedHouseholdOrMeterIsAChangeOfItsDevices() async throws {
        let households = HouseholdStore(try .scratch)
        let store = DeviceStore(try .scratch)
        let home = try await households.sample()
        let one = try await store.add(name: "A", household: home.id, tokenHash: "1", at: now)
        let two = try await store.add(name: "B", household: home.id, tokenHash: "2", at: now)
        let main = try #require(try await households.mainMeter(of: home))
        let changes = try await store.changes()
        var iterator = changes.makeAsyncIterator()
        try await households.setLimits(of: main, maximumPower: 7_000, modulus: nil)
        #expect(try await iterator.next() == one.id)
        _ = try await households.save(HouseholdDraft(home))
        let both = [try await iterator.next(), try await iterator.next()]
        #expect(Set(both) == [one.id, two.id])
    }
}
