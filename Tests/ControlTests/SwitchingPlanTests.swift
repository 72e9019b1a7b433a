import Control
import Foundation
import Testing

struct SwitchingPlanTests {
    /// On at six, off at ten in the evening, in Berlin.
    private func evening(_ relay: Relay = .first, from id: Int64 = 1, device: Int64 = 1) throws -> [SwitchingSchedule] {
        try [
            schedule(
                id, relay, at: "06:00", on: true, zone: "Europe/Berlin", doneUntil: "2026-02-16T12:00:00Z",
                device: device),
            schedule(
                id + 1, relay, at: "22:00", on: false, zone: "Europe/Berlin", doneUntil: "2026-02-16T12:00:00Z",
                device: device),
        ]
    }

    /// What is carried out at an instant: the schedule, and when it was due.
    @Test(arguments: [
        ("2026-02-16T20:59:59Z", nil, nil),
        ("2026-02-16T21:00:00Z", 2, "2026-02-16T21:00:00Z"),
        // Days later, in the night: the last change was to switch off.
        ("2026-02-20T01:00:00Z", 2, "2026-02-19T21:00:00Z"),
        // Days later, by day: the last change was to switch on, and it is too late for that.
        ("2026-02-20T05:10:00Z", 1, "2026-02-20T05:00:00Z"),
        ("2026-02-20T05:10:01Z", nil, nil),
        ("2026-02-20T12:00:00Z", nil, nil),
    ])
    func ofManyDaysOnlyTheLastChangeIsCarriedOut(_ now: String, _ id: Int64?, _ due: String?) throws {
        let plan = SwitchingPlan(try evening(), at: try instant(now))
        #expect(plan.switchings.map(\.schedule.id) == (id.map { [$0] } ?? []))
        #expect(try plan.switchings.map(\.dueAt) == (due.map { [try instant($0)] } ?? []))
    }

    @Test func whatIsPassedOverIsDoneToo() throws {
        let plan = SwitchingPlan(try evening(), at: try instant("2026-02-20T12:00:00Z"))
        #expect(plan.advances.map(\.schedule) == [1, 2])
        let until = try [instant("2026-02-20T05:00:00Z"), instant("2026-02-19T21:00:00Z")]
        #expect(plan.advances.map(\.until) == until)
        #expect(SwitchingPlan(try evening(), at: try instant("2026-02-16T13:00:00Z")).advances.isEmpty)
    }

    @Test func eachRelayOfEachDeviceHasItsOwnLastChange() throws {
        let schedules = try evening() + evening(.second, from: 3) + evening(.first, from: 5, device: 2)
        let plan = SwitchingPlan(schedules, at: try instant("2026-02-18T23:00:00Z"))
        #expect(plan.switchings.map(\.schedule.id) == [2, 4, 6])
        #expect(plan.advances.count == 6)
    }

    @Test func atOneInstantOffIsTheLastWord() throws {
        let both = try [
            schedule(1, at: "22:00", on: false, zone: "Europe/Berlin", doneUntil: "2026-02-16T12:00:00Z"),
            schedule(2, at: "22:00", on: true, zone: "Europe/Berlin", doneUntil: "2026-02-16T12:00:00Z"),
        ]
        let plan = SwitchingPlan(both, at: try instant("2026-02-16T21:00:00Z"))
        #expect(plan.switchings.map(\.schedule.id) == [1])
    }

    @Test func anOrderToSwitchOnEndsTenMinutesAfterItWasDue() throws {
        let due = try instant("2026-02-17T05:00:00Z")
        for (late, lifetime) in [(0.0, 600.0), (200, 400), (590, 30)] {
            let plan = SwitchingPlan(try evening(), at: due + late)
            let order = try #require(plan.switchings.first).order(at: due + late)
            #expect(order.isOn && order.author == "schedule" && order.device == 1 && order.relay == .first)
            #expect(order.reason == "switched on at 06:00, as asha set it")
            #expect(order.expiresAt.timeIntervalSince(order.orderedAt) == lifetime)
        }
    }
}
