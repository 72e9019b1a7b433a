import Control
import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Metering
import Store

/// What the original's app shows of the moment, and switches.
struct LegacyLiveRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        latestEndpoints + graphEndpoints + relayEndpoints + relayBookEndpoints
    }

    // MARK: - Readings

    private var latestEndpoints: [Endpoint] {
        let answer = Shape.object(
            [("success", .boolean), ("data", .anything), ("message", .text)], optional: ["data", "message"])
        return [
            .get("/esp32/latest", .legacy, "The latest reading, as the app's dashboard asks.", answer: answer, latest),
            .get("/api/esp32/latest", .legacy, "The latest reading.", answer: answer, latest),
            .get(
                "/api/esp32/latest/{user}", .legacy, "The last readings that were stored.",
                query: [.query("limit", .integer(1...1000), "How many; 10 unless told.")],
                answer: .object([("readings", .list(.anything))]), last),
            .get("/api/esp32/sensors/{user}", .legacy, "What the sensors show.", answer: .anything, sensors),
        ]
    }

    /// A household without a reading gets none invented.
    private func latest(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: nil)
        guard let latest = target.latest else {
            return .json(["success": false, "message": "There is no reading yet."] as Document)
        }
        return .json(
            [
                "success": true, "data": LegacyHousehold.data(of: latest), "live": .boolean(target.isLive),
                "ageSeconds": .integer(Int64(max(0, call.now.timeIntervalSince(latest.at)))),
            ] as Document)
    }

    private func last(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let limit = try call.query("limit", in: 1...1000, else: 10)
        guard let meter = target.member?.slot.profile.meters.first else { return .json(["readings": []] as Document) }
        let readings = try await premises.stores.readings.newest(limit, of: [meter.id])[meter.id] ?? []
        return .json(["readings": .list(readings.reversed().map { LegacyHousehold.data(of: $0) })] as Document)
    }

    private func sensors(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let latest = target.latest
        return .json(
            [
                "voltage": .sure(latest?.voltage.map(Double.init)), "current": .sure(latest?.current.map(Double.init)),
                "power": .sure(latest?.power.map(Double.init)), "frequency": .null, "live": .boolean(target.isLive),
            ] as Document)
    }

    // MARK: - Graphs

    private var graphEndpoints: [Endpoint] {
        [
            .get(
                "/api/graph/live/{user}", .legacy, "Power of the last minutes.",
                query: [.query("minutes", .integer(1...1440), "How far back; 60 unless told.")],
                answer: .object([("graphData", .list(.anything))]), live),
            .get(
                "/api/graph/comparison/{user}", .legacy, "Today against yesterday and a week ago, in kilowatt-hours.",
                answer: .object([("today", .number()), ("yesterday", .number()), ("weekAgo", .number())]), comparison),
            .get(
                "/api/esp32/hourly/{user}", .legacy, "The hours of a day in kilowatt-hours.",
                query: [.query("date", .text, "The day, 2026-02-20; today unless told.")],
                answer: .object([("hourly", .list(.anything))]), hourly),
            .get(
                "/api/esp32/stats/{user}", .legacy, "A day in figures.",
                query: [.query("date", .text, "The day, 2026-02-20; today unless told.")],
                answer: .object([("stats", .anything)]), stats),
        ]
    }

    private func live(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let minutes = try call.query("minutes", in: 1...1440, else: 60)
        let readings = try await target.readings(seconds: Double(minutes) * 60)
        return .json(["success": true, "graphData": .list(readings.map { LegacyHousehold.data(of: $0) })] as Document)
    }

    private func comparison(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let usage = try await target.usage()
        func energy(_ daysBack: Int) async throws -> Document {
            let day = usage.today.adding(days: -daysBack)
            return .sure(try await target.day(day)?.whole.energy.kilowattHours)
        }
        return .json(
            [
                "success": true, "today": .number(usage.todayEnergy.kilowattHours), "yesterday": try await energy(1),
                "weekAgo": try await energy(7),
            ] as Document)
    }

    private static func date(_ call: Call, _ target: LegacyHousehold) throws -> LocalDate {
        guard let text = call.request.uri.queryParameters.get("date") else {
            return target.household.clock.date(at: call.now)
        }
        guard let date = LocalDate(text) else { throw Refusal.invalid("date", "A day is written 2026-02-20.") }
        return date
    }

    private func hourly(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let day = try await target.day(try Self.date(call, target))
        let hours = day?.hours.enumerated().map { hour, consumption -> Document in
            [
                "hour": .integer(Int64(hour)), "kwh": .number(consumption.energy.kilowattHours),
                "known": .boolean(consumption.isKnown),
            ]
        }
        return .json(["success": true, "hourly": .list(hours ?? [])] as Document)
    }

    private func stats(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let date = try Self.date(call, target)
        let period = target.household.clock.period(of: date)
        let powers = try await target.readings(in: period).compactMap(\.power).map(Double.init)
        let energy = try await target.day(date)?.whole.energy.kilowattHours
        return .json(
            [
                "success": true,
                "stats": [
                    "date": .text(date.description), "totalKwh": .sure(energy), "maxPower": .sure(powers.max()),
                    "minPower": .sure(powers.min()),
                    "avgPower": .sure(powers.isEmpty ? nil : powers.reduce(0, +) / Double(powers.count)),
                    "readings": .integer(Int64(powers.count)),
                ],
            ] as Document)
    }

    // MARK: - Relays

    private var relayEndpoints: [Endpoint] {
        let done = Shape.object([("success", .boolean)])
        return [Relay.first, .second].flatMap { relay in
            [true, false].flatMap { isOn -> [Endpoint] in
                let (name, state) = ("relay\(relay.rawValue)", isOn ? "on" : "off")
                return ["/api/\(name)/\(state)", "/api/relay/\(name)/\(state)"].map { path in
                    .post(path, .legacy, "Switches socket \(relay.rawValue) \(state), as the app does.", answer: done) {
                        call in
                        try await self.order([relay], isOn: isOn, call, user: nil, reason: "switched in the app")
                    }
                }
            }
        }
            + [true, false].map { isOn in
                .post(
                    "/api/relay/\(isOn ? "on" : "off")", .legacy, "Switches both sockets.",
                    body: .object([("userId", .anything), ("reason", .anything)], optional: ["userId", "reason"]),
                    answer: done
                ) { call in
                    let wish = try await call.body(Wish.self)
                    return try await self.order(
                        Relay.allCases, isOn: isOn, call, user: wish.userId?.text,
                        reason: wish.reason ?? "switched in the app")
                }
            }
    }

    private struct Wish: Decodable {
        let userId: LegacyName?
        let reason: String?
    }

    private func order(_ relays: [Relay], isOn: Bool, _ call: Call, user: String?, reason: String) async throws
        -> Response
    {
        let target = try await premises.legacyHousehold(call, named: user)
        guard let member = target.member else { throw Refusal.notThere }
        var ids: [Document] = []
        for relay in relays {
            let order = try await premises.switchboard.order(
                relay, isOn: isOn, of: member, by: call.person?.name ?? "app", because: String(reason.prefix(500)),
                lifetime: nil, at: call.now)
            ids.append(.integer(order.id))
        }
        return .json(["success": true, "orders": .list(ids)] as Document)
    }

    private var relayBookEndpoints: [Endpoint] {
        [
            .get(
                "/api/relay/status/{user}", .legacy, "Whether a socket is on.",
                answer: .object([("relayState", .boolean)]), status),
            .get(
                "/api/relay/history/{user}", .legacy, "What was switched.",
                answer: .object([("history", .list(.anything))]), history),
            .get(
                "/api/relay/health/{user}", .legacy, "How often was switched, and whether contacts open.",
                answer: .anything, health),
            .post(
                "/api/relay/schedule", .legacy, "Switches a socket at a time of day, every day.",
                body: .object(
                    [("userId", .anything), ("relay", .integer(1...2)), ("time", .text), ("on", .boolean)],
                    optional: ["userId", "relay"]),
                schedule),
        ]
    }

    private func status(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let latest = target.latest
        return .json(
            [
                "success": true, "relayState": .boolean(latest?.relay1 == true || latest?.relay2 == true),
                "relay1": .boolean(latest?.relay1 == true), "relay2": .boolean(latest?.relay2 == true),
                "live": .boolean(target.isLive),
            ] as Document)
    }

    private func orders(_ target: LegacyHousehold) async throws -> [RelayOrder] {
        guard let id = target.member?.entry.device.id else { return [] }
        return try await premises.stores.relays.orders(of: id, limit: 500)
    }

    private func history(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let history = try await orders(target).prefix(50).map { order -> Document in
            [
                "id": .integer(order.id), "relay": .integer(Int64(order.relay.rawValue)),
                "state": order.isOn ? "on" : "off",
                "reason": .text(order.draft.reason), "author": .text(order.draft.author),
                "outcome": .text(order.state.rawValue),
                "timestamp": .text(ReadingAnswer.timestamp(order.draft.orderedAt)),
            ]
        }
        return .json(["success": true, "history": .list(Array(history))] as Document)
    }

    private func health(_ call: Call) async throws -> Response {
        let target = try await premises.legacyHousehold(call, named: try call.text("user"))
        let orders = try await orders(target)
        let stuck = orders.filter { $0.state == .stuck }.count
        return .json(
            [
                "success": true, "totalSwitches": .integer(Int64(orders.filter { $0.acknowledgedAt != nil }.count)),
                "stuck": .integer(Int64(stuck)), "health": stuck == 0 ? "good" : "a contact did not open",
            ] as Document)
    }

    private struct NewSchedule: Decodable {
        let userId: LegacyName?
        let relay: Int?
        let time: String
        let on: Bool
    }

    private func schedule(_ call: Call) async throws -> Response {
        let new = try await call.body(NewSchedule.self)
        let target = try await premises.legacyHousehold(call, named: new.userId?.text)
        guard let member = target.member else { throw Refusal.notThere }
        guard let relay = Relay(rawValue: Int16(clamping: new.relay ?? 1)) else {
            throw Refusal.invalid("relay", "Relays are 1 and 2.")
        }
        guard let minute = SwitchingScheduleDraft.minute(of: new.time),
            let draft = SwitchingScheduleDraft(
                device: member.entry.device.id, relay: relay, weekdays: .all, minuteOfDay: minute, isOn: new.on,
                by: call.person?.name ?? "app", at: call.now)
        else { throw Refusal.invalid("time", "A time of day is written 07:05 or 22:30.") }
        return .json(["success": true, "id": .integer(try await premises.stores.relays.add(draft))] as Document)
    }
}

/// A user as the original's clients write it: a text or a number.
struct LegacyName: Decodable, Sendable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do { text = try container.decode(String.self) } catch is DecodingError {
            text = String(try container.decode(Int64.self))
        }
    }
}
