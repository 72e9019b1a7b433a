import Control
import Foundation
import Metering
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct LimitStoreTests {
    @Test func limitsAndWhatWasToldOfThemComeBack() async throws {
        let store = LimitStore(try .scratch)
        let household = try await HouseholdStore(try .scratch).sample()
        let other = try await HouseholdStore(try .scratch).sample("rao")
        let now = try instant("2026-02-20T06:30:00Z")
        #expect(try await store.limits(of: household.id) == nil)

        var watch = LimitWatch(HouseholdLimits(power: 2999.5, day: .kilowattHours(8), month: nil))
        try await store.save(watch, of: household.id, at: now)
        _ = watch.take(day: .kilowattHours(6), month: .zero, on: "2026-02-20")
        try await store.note(watch.told, of: household.id)
        try await store.note(watch.told, of: other.id)
        let read = try #require(try await store.limits(of: household.id))
        #expect(read.limits == watch.limits && read.told == watch.told && read.changedAt == now)
        #expect(read.told.count == 2)
        #expect(try await store.limits(of: other.id) == nil)

        _ = watch.change(to: HouseholdLimits())
        try await store.save(watch, of: household.id, at: now + 1)
        let removed = try #require(try await store.limits(of: household.id))
        #expect(removed.limits == HouseholdLimits() && removed.told.isEmpty)
        #expect(try await store.all() == [removed])
    }
}
