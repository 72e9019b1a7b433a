package import Control
package import Foundation
import Postgres

extension RelayStore {
    /// Keeps a schedule; nothing before it was made is ever due.
    ///
    /// - Returns: its number.
    package func add(_ draft: SwitchingScheduleDraft) async throws -> Int64 {
        let id = try await database.run { connection in
            try connection.first(
                """
                INSERT INTO relay_schedule (device_id, relay, weekdays, minute_of_day, is_on, author, created_at, done_until)
                VALUES (\(draft.device), \(draft.relay.rawValue), \(draft.weekdays.rawValue),
                        \(Int16(draft.minuteOfDay)), \(draft.isOn), \(draft.author), \(draft.createdAt),
                        \(draft.createdAt))
                RETURNING schedule_id
                """, { (id: Int64) in id })
        }
        guard let id else { throw StoreError(.absent, "the schedule has no number") }
        return id
    }

    /// Ends a schedule.
    ///
    /// - Returns: false when it had ended, or never was.
    package func removeSchedule(_ id: Int64, at now: Date) async throws -> Bool {
        try await database.run { connection in
            try connection.execute(
                "UPDATE relay_schedule SET removed_at = \(now) WHERE schedule_id = \(id) AND removed_at IS NULL") == 1
        }
    }

    /// The schedules that are in force, of one device or of all whose household is known, in order of their numbers.
    package func schedules(of device: Int64? = nil) async throws -> [SwitchingSchedule] {
        try await schedules("AND relay_schedule.device_id = coalesce(\(device), relay_schedule.device_id)")
    }

    /// One schedule that is in force.
    package func schedule(_ id: Int64) async throws -> SwitchingSchedule? {
        try await schedules("AND schedule_id = \(id)").first
    }

    private func schedules(_ condition: SQL) async throws -> [SwitchingSchedule] {
        try await database.run { connection in
            try connection.query(
                """
                SELECT schedule_id, relay_schedule.device_id, relay, weekdays, minute_of_day, is_on, author,
                       relay_schedule.created_at, done_until, zone
                FROM relay_schedule JOIN device ON device.device_id = relay_schedule.device_id
                JOIN household ON household.household_id = device.household_id
                WHERE removed_at IS NULL \(condition) ORDER BY schedule_id
                """, SwitchingSchedule.fromRow)
        }
    }

    /// Carries a plan out: notes up to when its schedules are done, and keeps the orders, all of it or nothing. However
    /// often a plan is made and whoever is killed, each due change makes one order.
    ///
    /// - Returns: the orders, to be given to the boards; none of a schedule that another process was faster with, or that
    ///   was removed meanwhile.
    package func carryOut(_ plan: SwitchingPlan, at now: Date) async throws -> [RelayOrder] {
        guard !plan.advances.isEmpty else { return [] }
        return try await database.run { connection in
            try connection.transaction {
                let advanced = Set(try Self.advance(plan.advances, on: connection))
                return try plan.switchings.filter { advanced.contains($0.schedule.id) }
                    .map { try Self.insert($0.order(at: now), on: connection) }
            }
        }
    }

    /// - Returns: the schedules that had not come so far.
    private static func advance(_ advances: [SwitchingPlan.Advance], on connection: Connection) throws -> [Int64] {
        try connection.query(
            """
            UPDATE relay_schedule SET done_until = new.until
            FROM unnest(\(advances.map(\.schedule))::bigint[], \(advances.map(\.until))::timestamptz[])
                AS new (schedule_id, until)
            WHERE relay_schedule.schedule_id = new.schedule_id AND removed_at IS NULL AND done_until < new.until
            RETURNING relay_schedule.schedule_id
            """, { (id: Int64) in id })
    }
}

extension SwitchingSchedule {
    fileprivate static func fromRow(
        _ id: Int64, _ device: Int64, _ relay: Int16, _ weekdays: Int16, _ minute: Int16, _ isOn: Bool,
        _ author: String, _ createdAt: Date, _ doneUntil: Date, _ zone: String
    ) throws -> SwitchingSchedule {
        let draft = SwitchingScheduleDraft(
            device: device, relay: try Relay(stored: relay), weekdays: Weekdays(rawValue: weekdays),
            minuteOfDay: Int(minute), isOn: isOn, by: author, at: createdAt)
        guard let draft, let timeZone = TimeZone(identifier: zone) else {
            throw StoreError(.unreadable, "the schedule \(id) cannot be read")
        }
        return SwitchingSchedule(id: id, draft, zone: timeZone, doneUntil: doneUntil)
    }
}
