import Control
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// What people switch, and when it switches by itself.
struct RelayRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        [
            .get(
                "/v1/devices/{device}/relays", .person, "What the relays do and what is wanted of them.",
                answer: .object([("relays", .list(.anything)), ("schedules", .list(.anything))]), relays),
            .post(
                "/v1/devices/{device}/relays/{relay}", .person,
                "Switches a relay; the answer is the order, which can be followed.",
                body: .object(
                    [("on", .boolean), ("reason", .nullable(.text)), ("ttl_s", .nullable(.number(1...86_400)))],
                    optional: ["reason", "ttl_s"]),
                answer: OrderView.shape, order),
            .get(
                "/v1/devices/{device}/orders", .person, "What was switched, the newest first.",
                query: [.query("limit", .integer(1...500), "How many; 50 unless told.")],
                answer: .object([("orders", .list(OrderView.shape))]), orders),
            .get("/v1/orders/{order}", .person, "What became of an order.", answer: OrderView.shape, one),
            .post(
                "/v1/devices/{device}/relays/{relay}/cut-off", .person,
                "Holds a relay open until a person releases it.",
                body: .object([("reason", .nullable(.text))], optional: ["reason"]), cutOff),
            .post(
                "/v1/devices/{device}/relays/{relay}/release", .person, "Ends a cut-off; the relay stays as it is.",
                release),
            .post(
                "/v1/devices/{device}/schedules", .person,
                "Switches a relay at a time of day of the household's own clock.",
                body: .object([
                    ("relay", .integer(1...2)), ("time", .text), ("weekdays", .list(.integer(1...7))), ("on", .boolean),
                ]), answer: .object([("success", .boolean), ("id", .integer())]), addSchedule),
            .post("/v1/schedules/{schedule}/remove", .person, "Ends a schedule.", removeSchedule),
        ]
    }

    private struct Listing: Encodable {
        struct RelayView: Encodable {
            let relay: Int
            let name: String
            let on: Bool?
            let order: OrderView?
            let cut_off: Bool
            let never_cut: Bool
        }

        let relays: [RelayView]
        let schedules: [ScheduleView]
    }

    private struct ScheduleView: Encodable {
        let id: Int64
        let relay: Int
        let time: String
        let weekdays: [Int]
        let on: Bool
        let author: String

        init(_ schedule: SwitchingSchedule) {
            id = schedule.id
            relay = Int(schedule.draft.relay.rawValue)
            time = schedule.draft.time
            weekdays = schedule.draft.weekdays.numbers
            on = schedule.draft.isOn
            author = schedule.draft.author
        }
    }

    private func relays(_ call: Call) async throws -> Response {
        let member = try premises.member(call)
        try await premises.memory.resume(member.slot)
        let board = member.slot.withState(\.relays)
        let schedules = try await premises.stores.relays.schedules(of: member.entry.device.id)
        let relays = Relay.allCases.map { relay in
            Listing.RelayView(
                relay: Int(relay.rawValue), name: member.entry.socketNames[Int(relay.rawValue) - 1],
                on: board.reported[relay], order: board.orders[relay].map(OrderView.init),
                cut_off: board.isCutOff[relay],
                never_cut: board.isNeverCut[relay])
        }
        return .json(Listing(relays: relays, schedules: schedules.map(ScheduleView.init)))
    }

    private static func relay(_ call: Call) throws -> Relay {
        guard let relay = Relay(rawValue: Int16(clamping: try call.number("relay"))) else { throw Refusal.notThere }
        return relay
    }

    private struct Wish: Decodable {
        let on: Bool
        let reason: String?
        let ttl_s: Double?
    }

    private func order(_ call: Call) async throws -> Response {
        let (member, relay) = (try premises.member(call), try Self.relay(call))
        let wish = try await call.body(Wish.self)
        let order = try await premises.switchboard.order(
            relay, isOn: wish.on, of: member, by: try call.account().name,
            because: try Self.reason(wish.reason, else: "switched by hand"), lifetime: wish.ttl_s, at: call.now)
        return .json(OrderView(order))
    }

    private static func reason(_ text: String?, else standard: String) throws -> String {
        guard let text, !text.isEmpty else { return standard }
        guard text.count <= 500 else { throw Refusal.invalid("reason", "A reason has at most 500 characters.") }
        return text
    }

    private struct Orders: Encodable {
        let orders: [OrderView]
    }

    private func orders(_ call: Call) async throws -> Response {
        let id = try premises.member(call).entry.device.id
        let limit = try call.query("limit", in: 1...500, else: 50)
        return .json(Orders(orders: try await premises.stores.relays.orders(of: id, limit: limit).map(OrderView.init)))
    }

    private func one(_ call: Call) async throws -> Response {
        let person = try call.account()
        guard let order = try await premises.stores.relays.order(try call.number("order")),
            let member = premises.roster.member(order.device), person.maySee(household: member.entry.household?.id)
        else { throw Refusal.notThere }
        return .json(OrderView(order))
    }

    private struct Reason: Decodable {
        let reason: String?
    }

    private func cutOff(_ call: Call) async throws -> Response {
        let (member, relay) = (try premises.member(call), try Self.relay(call))
        let bytes = try await call.bytes()
        let told = bytes.isEmpty ? nil : try Call.decode(Reason.self, from: bytes).reason
        let reason = try Self.reason(told, else: "cut off by hand")
        try await premises.memory.resume(member.slot)
        do {
            // The board says whether it may be before the database keeps it; both know it after.
            try member.slot.withState { try $0.relays.check(relay, isOn: false) }
            _ = try await premises.stores.relays.cutOff(
                relay, of: member.entry.device.id, by: try call.account().name, because: reason, at: call.now)
            let changes = try member.slot.withState { try $0.relays.cutOff(relay, at: call.now) }
            premises.switchboard.tell(changes, member, at: call.now)
        } catch let error as ControlError {
            throw Refusal(error)
        } catch let error as StoreError where error.kind == .conflict {
            throw Refusal(.conflict, "cut_off", "This socket is cut off already.")
        }
        return .json(Done())
    }

    private func release(_ call: Call) async throws -> Response {
        let (member, relay) = (try premises.member(call), try Self.relay(call))
        try await premises.memory.resume(member.slot)
        do {
            try await premises.stores.relays.release(
                relay, of: member.entry.device.id, by: try call.account().name, at: call.now)
        } catch let error as StoreError where error.kind == .absent {
            throw Refusal(.conflict, "not_cut_off", "This socket is not cut off.")
        }
        member.slot.withState { $0.relays.release(relay) }
        premises.switchboard.tell([], member, at: call.now)
        return .json(Done())
    }

    private struct NewSchedule: Decodable {
        let relay: Int
        let time: String
        let weekdays: [Int]
        let on: Bool
    }

    private struct Added: Encodable {
        let success = true
        let id: Int64
    }

    private func addSchedule(_ call: Call) async throws -> Response {
        let member = try premises.member(call)
        let new = try await call.body(NewSchedule.self)
        guard let relay = Relay(rawValue: Int16(clamping: new.relay)) else {
            throw Refusal.invalid("relay", "Relays are 1 and 2.")
        }
        guard let minute = SwitchingScheduleDraft.minute(of: new.time) else {
            throw Refusal.invalid("time", "A time of day is written 07:05 or 22:30.")
        }
        guard let weekdays = Weekdays(numbers: new.weekdays),
            let draft = SwitchingScheduleDraft(
                device: member.entry.device.id, relay: relay, weekdays: weekdays, minuteOfDay: minute, isOn: new.on,
                by: try call.account().name, at: call.now)
        else { throw Refusal.invalid("weekdays", "Weekdays are numbers from 1, Monday, to 7, Sunday; at least one.") }
        if !new.on, member.entry.neverCut.contains(relay) {
            throw Refusal(.conflict, "never_cut", "This socket is never switched off; take it off that list first.")
        }
        return .json(Added(id: try await premises.stores.relays.add(draft)))
    }

    private func removeSchedule(_ call: Call) async throws -> Response {
        let person = try call.account()
        let id = try call.number("schedule")
        guard let schedule = try await premises.stores.relays.schedule(id),
            let member = premises.roster.member(schedule.draft.device),
            person.maySee(household: member.entry.household?.id),
            try await premises.stores.relays.removeSchedule(id, at: call.now)
        else { throw Refusal.notThere }
        return .json(Done())
    }
}
