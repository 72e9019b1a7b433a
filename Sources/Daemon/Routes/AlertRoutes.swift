import Channels
import Control
import Foundation
import HTTPTypes
import Hummingbird
import Metering
import Store

/// What a household is told of, and the limits it sets itself.
struct AlertRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        [
            .get(
                "/v1/alerts", .person, "The last alerts, the newest first.",
                query: [.query("limit", .integer(1...500), "How many; 50 unless told.")],
                answer: .object([("alerts", .list(AlertView.shape))]), list),
            .post(
                "/v1/alerts/{alert}/acknowledge", .person, "Says that an alert was seen.", answer: AlertView.shape,
                acknowledge),
            .post(
                "/v1/alerts/{alert}/resolve", .person, "Says that an alert is settled.", answer: AlertView.shape,
                resolve),
            .get("/v1/limits", .person, "The household's own limits.", answer: Self.limits, getLimits),
            .post(
                "/v1/limits", .person, "Sets the household's limits; null removes one, what is not told stays.",
                body: Self.limits, answer: Self.limits, setLimits),
        ]
    }

    private static let limits = Shape.object(
        [
            ("power_w", .nullable(.number(1...1_000_000))), ("day_kwh", .nullable(.number(0.001...1_000_000))),
            ("month_kwh", .nullable(.number(0.001...10_000_000))),
        ], optional: ["power_w", "day_kwh", "month_kwh"])

    private struct Listing: Encodable {
        let alerts: [AlertView]
    }

    private func list(_ call: Call) async throws -> Response {
        let person = try call.account()
        let limit = try call.query("limit", in: 1...500, else: 50)
        guard let household = person.household else {
            return .json(Listing(alerts: await premises.openAlerts(for: person)))
        }
        let alerts = try await premises.stores.alerts.alerts(of: household, limit: limit)
        return .json(Listing(alerts: alerts.map(AlertView.init)))
    }

    /// The household of an alert that is the caller's to see.
    private func household(ofAlert id: Int64, _ call: Call) async throws -> Int64 {
        guard let alert = try await premises.stores.alerts.alert(id),
            try call.account().maySee(household: alert.household)
        else { throw Refusal.notThere }
        return alert.household
    }

    private func acknowledge(_ call: Call) async throws -> Response {
        try await settle(call) { desk, id, household, name in
            try await desk.acknowledge(id, of: household, by: name, at: call.now)
        }
    }

    private func resolve(_ call: Call) async throws -> Response {
        try await settle(call) { desk, id, household, name in
            try await desk.resolve(id, of: household, by: name, at: call.now)
        }
    }

    private func settle(
        _ call: Call, _ body: (AlertDesk, Int64, Int64, String) async throws -> Alert?
    ) async throws -> Response {
        let id = try call.number("alert")
        let household = try await household(ofAlert: id, call)
        do {
            guard let alert = try await body(premises.alerts, id, household, try call.account().name) else {
                throw Refusal.notThere
            }
            return .json(AlertView(alert))
        } catch is ControlError {
            throw Refusal(.conflict, "over", "This alert is over.")
        }
    }

    private struct Limits: Codable {
        let power_w: Double?
        let day_kwh: Double?
        let month_kwh: Double?

        init(_ limits: HouseholdLimits) {
            power_w = limits.power
            day_kwh = limits.day?.kilowattHours
            month_kwh = limits.month?.kilowattHours
        }
    }

    private func getLimits(_ call: Call) async throws -> Response {
        let household = try await premises.household(of: call)
        return .json(Limits(premises.limits.limits(of: household.id)))
    }

    private func setLimits(_ call: Call) async throws -> Response {
        let household = try await premises.household(of: call)
        let change = try await call.body(LimitChangeBody.self)
        let limits = try change.applied(to: premises.limits.limits(of: household.id))
        let changes = try await premises.limits.change(limits, of: household.id, at: call.now)
        for case .over(let key) in changes { await premises.alerts.end(key, of: household.id, at: call.now) }
        return .json(Limits(limits))
    }
}

/// Limits as a person sends them: what is not told stays, null removes.
private struct LimitChangeBody: Decodable {
    private enum Key: String, CodingKey {
        case power_w, day_kwh, month_kwh
    }

    private let told: [Key: Double?]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        told = try Dictionary(
            uniqueKeysWithValues: container.allKeys.map { ($0, try container.decodeIfPresent(Double.self, forKey: $0)) }
        )
    }

    func applied(to limits: HouseholdLimits) throws -> HouseholdLimits {
        var limits = limits
        for (key, value) in told {
            if let value, !(value > 0 && value <= 10_000_000) {
                throw Refusal.invalid(key.rawValue, "A limit is more than 0 and at most 10 million.")
            }
            switch key {
            case .power_w: limits.power = value
            case .day_kwh: limits.day = value.flatMap(Energy.init(kilowattHours:))
            case .month_kwh: limits.month = value.flatMap(Energy.init(kilowattHours:))
            }
        }
        return limits
    }
}
