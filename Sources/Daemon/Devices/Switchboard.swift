import Control
import Foundation
import Ingest
import Store

/// Switches relays for people and programs: the database numbers an order, the device's board carries it out.
struct Switchboard: Sendable {
    let memory: DeviceMemory
    let relays: RelayStore
    let events: EventDesk

    /// Orders a relay to be on or off.
    ///
    /// - Parameter seconds: how long the device has to obey; nil for what is usual.
    /// - Throws: ``Refusal`` when it is cut off, never cut, or the lifetime cannot be.
    func order(
        _ relay: Relay, isOn: Bool, of member: DeviceRoster.Member, by author: String, because reason: String,
        lifetime seconds: Double?, at now: Date
    ) async throws -> RelayOrder {
        do {
            try await memory.resume(member.slot)
            let cadence = member.slot.withState { $0.cadence }
            let lifetime =
                try seconds.map { try OrderLifetime(asked: $0, isOn: isOn) } ?? .usual(isOn: isOn, cadence: cadence)
            try member.slot.withState { try $0.relays.check(relay, isOn: isOn) }
            let draft = RelayOrderDraft(
                device: member.entry.device.id, relay: relay, isOn: isOn, by: author, because: reason, at: now,
                lifetime: lifetime)
            let order = try await relays.insert(draft)
            tell(member.slot.withState { $0.relays.place(order, at: now) }, member, at: now)
            return order
        } catch let error as ControlError { throw Refusal(error) }
    }

    /// Keeps orders that changed, and shows the device as it is now.
    func tell(_ changes: [RelayOrder], _ member: DeviceRoster.Member, at now: Date) {
        events.keep(changes, of: member.entry.household?.id, at: now)
        if let household = member.entry.household?.id { events.show(member.slot, household, at: now) }
    }
}

extension Refusal {
    init(_ error: ControlError) {
        switch error.kind {
        case .cutOff: self.init(.conflict, "cut_off", error.message)
        case .neverCut: self.init(.conflict, "never_cut", error.message)
        case .lifetime: self = .invalid("ttl_s", error.message)
        case .noOpenAlert: self = .notThere
        }
    }
}
