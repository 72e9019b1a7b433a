package import Foundation

/// What schedules ask for at one instant, however long nobody looked.
///
/// Of each relay only the last change that is due is carried out, and one that is late only if it switches off: nothing
/// starts at an hour for which it was not meant.
package struct SwitchingPlan: Hashable, Sendable {
    /// A change that is carried out.
    package struct Switching: Hashable, Sendable {
        package let schedule: SwitchingSchedule
        /// When it should have been.
        package let dueAt: Date
    }

    /// A schedule whose instants up to `until` are settled.
    package struct Advance: Hashable, Sendable {
        package let schedule: Int64
        package let until: Date
    }

    /// One a relay at most, in the order of their instants.
    package let switchings: [Switching]
    /// Every schedule of which something was due, carried out or passed over.
    package let advances: [Advance]

    /// - Parameter schedules: of one device or of many.
    package init(_ schedules: [SwitchingSchedule], at now: Date) {
        let due = schedules.compactMap { schedule in
            schedule.due(after: schedule.doneUntil, through: now).last.map { Switching(schedule: schedule, dueAt: $0) }
        }
        advances = due.map { Advance(schedule: $0.schedule.id, until: $0.dueAt) }
        switchings = Dictionary(grouping: due) { Socket($0.schedule.draft) }.values
            .compactMap { $0.max(by: Self.isBefore) }
            .filter { !$0.schedule.draft.isOn || now.timeIntervalSince($0.dueAt) <= Self.latest }
            .sorted(by: Self.isBefore)
    }

    private struct Socket: Hashable {
        let device: Int64
        let relay: Relay

        init(_ draft: SwitchingScheduleDraft) {
            device = draft.device
            relay = draft.relay
        }
    }

    /// Where two come at the same instant, the one that switches off is the last.
    private static func isBefore(_ left: Switching, _ right: Switching) -> Bool {
        func order(_ switching: Switching) -> (Date, Int, Int64) {
            (switching.dueAt, switching.schedule.draft.isOn ? 0 : 1, switching.schedule.id)
        }
        return order(left) < order(right)
    }

    /// Seconds after which nothing is switched on any more.
    fileprivate static let latest = 600.0
}

extension SwitchingPlan.Switching {
    /// The order that carries it out. One to switch on ends ten minutes after it was due, and gives a device half a minute
    /// at least.
    package func order(at now: Date) -> RelayOrderDraft {
        let draft = schedule.draft
        let usual = now.addingTimeInterval(OrderLifetime.usual(isOn: draft.isOn).seconds)
        let latest = dueAt.addingTimeInterval(SwitchingPlan.latest)
        return RelayOrderDraft(
            device: draft.device, relay: draft.relay, isOn: draft.isOn, author: "schedule",
            reason: "switched \(draft.isOn ? "on" : "off") at \(draft.time), as \(draft.author) set it",
            orderedAt: now, expiresAt: max(usual, latest))
    }
}
