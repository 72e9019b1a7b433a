import Control
import Foundation
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct RelayScheduleTests {
    private let monday: Date

    init() throws {
        monday = try instant("2026-02-16T12:00:00Z")
    }

    private func add(
        _ relay: Relay = .first, at time: String, on: Bool, days: Weekdays = .all, to device: Int64
    ) async throws -> Int64 {
        let minute = try #require(SwitchingScheduleDraft.minute(of: time))
        let draft = try #require(
            SwitchingScheduleDraft(
                device: device, relay: relay, weekdays: days, minuteOfDay: minute, isOn: on, by: "asha", at: monday))
        return try await RelayStore(try .scratch).add(draft)
    }

    private func device() async throws -> Int64 {
        try await sampleDevice(of: try await HouseholdStore(try .scratch).sample(zone: "Europe/Berlin"))
    }

    @Test func aScheduleComesBackInTheZoneOfItsHouseholdUntilItIsRemoved() async throws {
        let store = RelayStore(try .scratch)
        let device = try await device()
        let id = try await add(.second, at: "22:30", on: true, days: [.workdays], to: device)
        let schedule = try #require(try await store.schedule(id))
        #expect(schedule.zone.identifier == "Europe/Berlin")
        #expect(schedule.draft.time == "22:30" && schedule.draft.relay == .second && schedule.draft.isOn)
        #expect(schedule.draft.weekdays == .workdays && schedule.draft.author == "asha")
        #expect(schedule.doneUntil == monday)
        #expect(try await store.schedules(of: device) == [schedule])
        #expect(try await store.schedules() == [schedule])
        #expect(try await store.schedules(of: device + 1).isEmpty)
        #expect(try await store.removeSchedule(id, at: monday + 1))
        #expect(try await !store.removeSchedule(id, at: monday + 2))
        #expect(try await store.schedules().isEmpty)
    }

    @Test func aDueChangeMakesOneOrderHoweverOftenItIsPlanned() async throws {
        let store = RelayStore(try .scratch)
        let device = try await device()
        _ = try await add(at: "06:00", on: true, to: device)
        let off = try await add(at: "22:00", on: false, to: device)
        let now = try instant("2026-02-18T23:00:00Z")
        let plan = SwitchingPlan(try await store.schedules(), at: now)
        let orders = try await store.carryOut(plan, at: now)
        #expect(orders.map(\.isOn) == [false])
        #expect(orders.map(\.draft.author) == ["schedule"])
        #expect(try await store.carryOut(plan, at: now).isEmpty)
        #expect(try await store.orders(of: device, limit: 9) == orders)
        let after = try await store.schedules()
        #expect(try after.map(\.doneUntil) == [instant("2026-02-18T05:00:00Z"), instant("2026-02-18T21:00:00Z")])
        #expect(SwitchingPlan(after, at: now).advances.isEmpty)
        #expect(after.last?.id == off)
    }

    @Test func ofProcessesThatCarryOutTheSamePlanOneMakesTheOrder() async throws {
        let device = try await device()
        _ = try await add(at: "22:00", on: false, to: device)
        let now = try instant("2026-02-18T23:00:00Z")
        let plan = SwitchingPlan(try await RelayStore(try .scratch).schedules(), at: now)
        let configuration = try Database.scratchConfiguration
        let orders = try await withThrowingTaskGroup(of: [RelayOrder].self) { group in
            for _ in 0..<6 {
                group.addTask { try await RelayStore(Database(configuration)).carryOut(plan, at: now) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(orders.count == 1)
    }

    /// When the order cannot be kept the schedule is still due, as after a process that was killed in between.
    @Test func theScheduleAndItsOrderAreKeptTogetherOrNotAtAll() async throws {
        let store = RelayStore(try .scratch)
        let device = try await device()
        _ = try await add(at: "22:00", on: false, to: device)
        let now = try instant("2026-02-18T23:00:00Z")
        let plan = SwitchingPlan(try await store.schedules(), at: now)
        try await Database.scratch.run { connection in
            try connection.script("ALTER TABLE relay_order ADD CONSTRAINT never CHECK (is_on)")
        }
        await #expect(throws: PostgresError.self) { try await store.carryOut(plan, at: now) }
        #expect(try await store.schedules().map(\.doneUntil) == [monday])
        try await Database.scratch.run { connection in
            try connection.script("ALTER TABLE relay_order DROP CONSTRAINT never")
        }
        #expect(try await store.carryOut(plan, at: now).count == 1)
    }

    @Test func aScheduleThatWasRemovedMeanwhileMakesNoOrder() async throws {
        let store = RelayStore(try .scratch)
        let id = try await add(at: "22:00", on: false, to: try await device())
        let now = try instant("2026-02-18T23:00:00Z")
        let plan = SwitchingPlan(try await store.schedules(), at: now)
        #expect(try await store.removeSchedule(id, at: now))
        #expect(try await store.carryOut(plan, at: now).isEmpty)
    }

    @Test func whatIsPassedOverIsDoneWithoutAnOrder() async throws {
        let store = RelayStore(try .scratch)
        let device = try await device()
        _ = try await add(at: "06:00", on: true, to: device)
        let now = try instant("2026-02-18T12:00:00Z")
        #expect(try await store.carryOut(SwitchingPlan(try await store.schedules(), at: now), at: now).isEmpty)
        #expect(try await store.schedules().map(\.doneUntil) == [instant("2026-02-18T05:00:00Z")])
        #expect(try await store.orders(of: device, limit: 1).isEmpty)
    }

    @Test func aDeviceThatBelongsToNobodyHasNoLocalTimeAndSwitchesNothing() async throws {
        _ = try await add(at: "22:00", on: false, to: try await sampleDevice(of: nil))
        #expect(try await RelayStore(try .scratch).schedules().isEmpty)
    }
}
