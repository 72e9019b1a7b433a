import Foundation
import Metering
import Postgres
import Secrets
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct DeviceStoreTests {
    private let now = Date(timeIntervalSince1970: 1_780_000_000)

    private func household(_ slug: String = "nair", consumerNumber: String? = nil) async throws -> Household {
        let households = HouseholdStore(try .scratch)
        var draft = HouseholdDraft(try await households.sample(slug))
        draft.consumerNumber = consumerNumber
        return try await households.save(draft)
    }

    private func add(
        _ name: String, to household: Household?, consumerNumber: String? = nil, code: String? = nil
    ) async throws -> Device {
        try await DeviceStore(.scratch).add(
            name: name, household: household?.id, consumerNumber: consumerNumber, tokenHash: Token(.device).digest.hex,
            claimHash: code.map { Digest(of: $0).hex }, at: now)
    }

    private func meters(of household: Household) async throws -> [Meter] {
        try await HouseholdStore(.scratch).meters(of: household)
    }

    @Test func theFirstDeviceIsTheMainMeterAndTheNextAreSubMeters() async throws {
        let home = try await household()
        let first = try await add("Board", to: home)
        let second = try await add("Kitchen", to: home)
        let third = try await add("Kitchen", to: home)
        let meters = try await meters(of: home)
        #expect(meters.map(\.name) == ["Kitchen", "Kitchen 2", "main"])
        #expect(meters.map(\.role) == [.sub, .sub, .main])
        #expect(meters.map(\.device) == [second.id, third.id, first.id])
        #expect(first.meter == meters[2].id)
        #expect(first.household == home.id && first.householdSlug == "nair")
    }

    @Test func aHouseholdThatWasImportedKeepsItsMainMeter() async throws {
        let home = try await household()
        let main = try await HouseholdStore(.scratch).saveMeter(named: "main", of: home, role: .main, cadence: 900)
        let device = try await add("main", to: home)
        #expect(device.meter == main.id, "a meter of the device's own name that nothing carries is meant")
        let other = try await add("Board", to: home)
        #expect(try await meters(of: home).first { $0.device == other.id }?.role == .sub)
        let read = try await HouseholdStore(.scratch).mainMeter(of: home)
        #expect(read?.limits.cadence == 900)
    }

    @Test func whatTakesARevokedDevicesPlaceGoesOnWithItsMeter() async throws {
        let home = try await household()
        let old = try await add("Board", to: home)
        let revoked = try await DeviceStore(.scratch).revoke(old.id, at: now)
        #expect(revoked.revokedAt == now)
        #expect(try await DeviceStore(.scratch).revoke(old.id, at: now + 5).revokedAt == now)
        let new = try await add("New board", to: home)
        #expect(new.meter == old.meter)
        #expect(try await DeviceStore(.scratch).device(old.id)?.meter == nil)
        #expect(try await meters(of: home).count == 1)
        #expect(try await DeviceStore(.scratch).devices(of: home.id).map(\.id) == [new.id])
        #expect(try await DeviceStore(.scratch).all().map(\.id) == [old.id, new.id])
    }

    @Test func twoDevicesAtOnceDoNotBothBecomeTheMainMeter() async throws {
        let home = try await household()
        let configuration = try Database.scratchConfiguration
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask { [now] in
                    _ = try await DeviceStore(Database(configuration)).add(
                        name: "Board", household: home.id, tokenHash: "\(number)", at: now)
                }
            }
            try await group.waitForAll()
        }
        let meters = try await meters(of: home)
        #expect(meters.filter { $0.role == .main }.count == 1)
        #expect(meters.count == 6 && Set(meters.compactMap(\.device)).count == 6)
    }

    @Test func aDeviceForNobodyIsRefused() async throws {
        await #expect(throws: StoreError(.absent, "there is no household of the number 99")) {
            try await DeviceStore(.scratch).add(name: "x", household: 99, tokenHash: "t", at: now)
        }
        #expect(try await DeviceStore(.scratch).all().isEmpty)
    }

    @Test func aTokenIsOneDevicesAlone() async throws {
        let store = DeviceStore(try .scratch)
        _ = try await store.add(name: "a", household: nil, tokenHash: "t", at: now)
        await #expect { try await store.add(name: "b", household: nil, tokenHash: "t", at: now) } throws: {
            ($0 as? StoreError)?.kind == .conflict
        }
        let other = try await store.add(name: "b", household: nil, tokenHash: "u", at: now)
        await #expect { try await store.rotate(other.id, tokenHash: "t") } throws: {
            ($0 as? StoreError)?.kind == .conflict
        }
    }

    @Test func aCodeIsGoodOnce() async throws {
        let (home, other) = (try await household(), try await household("menon"))
        let store = DeviceStore(try .scratch)
        let device = try await add("Board", to: nil, code: "ABCD-EFGH")
        #expect(!device.isClaimed && device.meter == nil)
        #expect(try await store.unclaimed().map(\.id) == [device.id])
        #expect(try await store.claim(codeHash: Digest(of: "ABCD-EFGJ").hex, for: home.id) == nil)
        let claimed = try #require(try await store.claim(codeHash: Digest(of: "ABCD-EFGH").hex, for: home.id))
        #expect(claimed.household == home.id)
        let main = try await HouseholdStore(.scratch).mainMeter(of: home)
        #expect(claimed.meter == main?.id && main?.name == "main")
        #expect(try await store.claim(codeHash: Digest(of: "ABCD-EFGH").hex, for: other.id) == nil)
        #expect(try await store.unclaimed().isEmpty)
    }

    @Test func aRevokedDeviceCannotBeClaimed() async throws {
        let home = try await household()
        let device = try await add("Board", to: nil, code: "ABCD-EFGH")
        _ = try await DeviceStore(.scratch).revoke(device.id, at: now)
        #expect(try await DeviceStore(.scratch).claim(codeHash: Digest(of: "ABCD-EFGH").hex, for: home.id) == nil)
        #expect(try await DeviceStore(.scratch).unclaimed().isEmpty)
    }

    @Test func whatWasProvisionedForAConsumerNumberComesToItsHousehold() async throws {
        let home = try await household(consumerNumber: "1156-77")
        let other = try await household("menon")
        let store = DeviceStore(try .scratch)
        let two = [
            try await add("Board", to: nil, consumerNumber: "1156-77"),
            try await add("Pump", to: nil, consumerNumber: "1156-77"),
        ]
        _ = try await add("Other", to: nil, consumerNumber: "9999")
        #expect(try await store.linkByConsumerNumber(for: other.id).isEmpty)
        let linked = try await store.linkByConsumerNumber(for: home.id)
        #expect(linked.map(\.id) == two.map(\.id))
        #expect(linked.allSatisfy { $0.household == home.id })
        #expect(Set(try await meters(of: home).map(\.name)) == ["main", "Pump"])
        #expect(try await store.linkByConsumerNumber(for: home.id).isEmpty)
    }

    @Test func theDirectoryTellsAllThatAReadingNeeds() async throws {
        let home = try await household()
        let store = DeviceStore(try .scratch)
        let device = try await store.add(name: "Board", household: home.id, tokenHash: "t1", at: now)
        let lone = try await store.add(name: "Lone", household: nil, tokenHash: "t2", at: now)
        let gone = try await store.revoke(try await add("Gone", to: home).id, at: now)
        let changed = try await store.setSockets(of: device.id, names: ["Fridge", "Pump"], neverCut: .first)
        let main = try #require(try await HouseholdStore(.scratch).mainMeter(of: home))
        try await HouseholdStore(.scratch).setLimits(of: main, maximumPower: 5_000, modulus: .kilowattHours(10_000))
        let directory = try await store.directory()
        #expect(directory.unreadable.isEmpty)
        #expect(directory.entries.map(\.device.id) == [device.id, lone.id, gone.id])
        let entry = directory.entries[0]
        #expect(entry.device == changed && entry.tokenHash == "t1")
        #expect(entry.device.socketNames == ["Fridge", "Pump"] && entry.device.neverCut == .first)
        #expect(entry.household?.id == home.id && entry.household?.slug == "nair")
        #expect(entry.household?.zone == home.zone && entry.household?.locale == "en-IN")
        #expect(entry.meter?.id == main.id && entry.meter?.device == device.id)
        #expect(entry.meter?.limits.maximumPower == 5_000 && entry.meter?.limits.modulus == .kilowattHours(10_000))
        #expect(directory.entries[1].household == nil && directory.entries[1].meter == nil)
        #expect(directory.entries[2].device.isRevoked)
        let some = try await store.directory(of: [lone.id, 12_345])
        #expect(some.entries == [directory.entries[1]])
        let rotated = try await store.rotate(device.id, tokenHash: "t3")
        #expect(try await store.directory(of: [rotated.id]).entries.map(\.tokenHash) == ["t3"])
    }

    @Test func aSocketMayBeTriedOnlyIfThatWasAgreedAndItIsNotNeverCut() async throws {
        let store = DeviceStore(try .scratch)
        let device = try await store.add(name: "Board", household: nil, tokenHash: "t1", at: now)
        #expect(device.mayProbe == [] && device.relayRating == 10)
        let names = ["Fridge", "Pump"]
        let agreed = try await store.setSockets(
            of: device.id, names: names, neverCut: [], mayProbe: [.first, .second], rating: 16)
        #expect(agreed.mayProbe == [.first, .second] && agreed.relayRating == 16)
        #expect(try await store.directory().entries.map(\.device) == [agreed])
        let kept = try await store.setSockets(of: device.id, names: names, neverCut: .first)
        #expect(kept.mayProbe == .second && kept.relayRating == 16)
        let both = try await store.setSockets(of: device.id, names: names, neverCut: .second, mayProbe: .second)
        #expect(both.mayProbe == [])
        let code = try await store.add(name: "New", household: nil, tokenHash: "t2", claimHash: "c", at: now)
        _ = try await store.setSockets(of: code.id, names: names, neverCut: [], mayProbe: .first)
        #expect(try await store.claim(codeHash: "c", for: try await household().id)?.mayProbe == [])
    }

    /// Earlier versions knew nothing of it, and their files are read when the database is away.
    @Test func aDeviceThatAnEarlierVersionKeptMayNotBeTried() async throws {
        let store = DeviceStore(try .scratch)
        let device = try await store.add(name: "Board", household: nil, tokenHash: "t1", at: now)
        let agreed = try await store.setSockets(
            of: device.id, names: ["a", "b"], neverCut: [], mayProbe: .first, rating: 16)
        let bytes = try JSONEncoder().encode(agreed)
        #expect(try JSONDecoder().decode(Device.self, from: bytes) == agreed)
        var old = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let gone = [old.removeValue(forKey: "probeConsent"), old.removeValue(forKey: "ratedAmperes")]
        #expect(gone.allSatisfy { $0 != nil })
        let read = try JSONDecoder().decode(Device.self, from: try JSONSerialization.data(withJSONObject: old))
        #expect(read.mayProbe == [] && read.relayRating == 10 && read.id == agreed.id)
    }

    @Test func oneUnreadableHouseholdStopsNoOtherDevice() async throws {
        let (home, other) = (try await household(), try await household("menon"))
        let (bad, good) = (try await add("A", to: home), try await add("B", to: other))
        try await Database.scratch.run { connection in
            try connection.execute("UPDATE household SET zone = 'Mars/Base' WHERE household_id = \(home.id)")
        }
        let directory = try await DeviceStore(.scratch).directory()
        #expect(directory.entries.map(\.device.id) == [good.id])
        #expect(directory.unreadable.map(\.id) == [bad.id])
        #expect(directory.unreadable[0].reason.contains("Mars/Base"))
    }

    @Test func aRevokedOrAbsentDeviceGetsNoToken() async throws {
        let store = DeviceStore(try .scratch)
        let device = try await add("A", to: nil)
        _ = try await store.revoke(device.id, at: now)
        for id in [device.id, 4711] {
            await #expect { try await store.rotate(id, tokenHash: "x") } throws: {
                ($0 as? StoreError)?.kind == .absent
            }
        }
        await #expect(throws: StoreError.self) { try await store.revoke(4711, at: now) }
        await #expect(throws: StoreError.self) {
            try await store.setSockets(of: 4711, names: ["a", "b"], neverCut: [])
        }
    }

    @Test func whatWasLearnedComesBackAndTheLastWordCounts() async throws {
        let store = DeviceStore(try .scratch)
        let (one, two) = (try await add("A", to: nil), try await add("B", to: nil))
        try await store.save(memories: [], at: now)
        try await store.save(
            memories: [(one.id, Data([1])), (two.id, Data([0, 255])), (one.id, Data([2])), (4711, Data())], at: now)
        #expect(try await store.memory(of: one.id) == Data([2]))
        try await store.save(memories: [(one.id, Data())], at: now + 1)
        #expect(try await store.memories() == [one.id: Data(), two.id: Data([0, 255])])
        #expect(try await store.memory(of: 4711) == nil)
    }

    @Test func theLastStoredReadingsAreWholeAndInOrder() async throws {
        let home = try await household()
        let devices = [try await add("A", to: home), try await add("B", to: home), try await add("C", to: home)]
        let meters = devices.compactMap(\.meter)
        let stored = readings(from: now, count: 5)
        let store = ReadingStore(try .scratch)
        _ = try await store.insert([(meters[0], stored), (meters[1], Array(stored.prefix(1)))])
        let newest = try await store.newest(2, of: meters + meters)
        #expect(newest == [meters[0]: Array(stored.suffix(2)), meters[1]: Array(stored.prefix(1))])
        #expect(try await store.newest(2, of: []).isEmpty)
        #expect(try await DeviceStore(.scratch).device(devices[0].id)?.lastReadingAt == stored[4].at)
    }
}
