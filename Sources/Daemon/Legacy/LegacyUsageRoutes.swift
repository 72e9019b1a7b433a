import Control
import Foundation
import HTTPTypes
import Hummingbird
import Ingest
import Metering
import Store

/// What the original's app shows of consumption, bills and limits, with figures of the engine.
struct LegacyUsageRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        usageEndpoints + limitEndpoints + insightEndpoints
    }

    private func target(_ call: Call) async throws -> LegacyHousehold {
        try await premises.legacyHousehold(call, named: try call.text("user"))
    }

    // MARK: - Usage and bills

    private var usageEndpoints: [Endpoint] {
        [
            .get(
                "/api/billing/current/{user}", .legacy, "The bill of the running period so far.",
                answer: .object([("success", .boolean), ("billing", .anything)]), billing),
            .get(
                "/api/usage/summary/{user}", .legacy,
                "The running month, and whether something is out of the ordinary.",
                answer: .object([
                    ("isAbnormal", .boolean),
                    ("anomalySocket", .choice(["Socket 1", "Socket 2", "Both Sockets", "None"])),
                    ("currentMonthKwh", .number()), ("lastMonthKwh", .number()), ("historicalAvgPower", .number()),
                    ("currentPower", .number()), ("daysElapsed", .integer()),
                ]), summary),
            .get(
                "/api/usage/daily-history/{user}", .legacy, "The days of the running month.",
                answer: .list(.object([("day", .integer(1...31)), ("kwh", .number()), ("known", .boolean)])),
                dailyHistory),
            .get(
                "/api/usage/daily-stats/{user}", .legacy, "The days of the running month in figures.",
                answer: .anything, dailyStats),
            .post(
                "/api/usage/daily-usage", .legacy, "What was used today.",
                body: .object([("userId", .anything)], optional: ["userId"]), answer: .anything, dailyUsage),
            .get("/api/usage/forecast/{user}", .legacy, "What the month will come to.", answer: .anything, forecast),
        ]
    }

    private func billing(_ call: Call) async throws -> Response {
        let target = try await target(call)
        let usage = try await target.usage()
        let currency = usage.soFar?.currency
        return .json(
            [
                "success": .boolean(usage.soFar != nil),
                "billing": [
                    "total_units_kwh": .number(usage.periodEnergy.kilowattHours),
                    "slab_bill_rs": .sure(usage.soFarAmount),
                    "currency": .maybe(currency?.code),
                ],
            ] as Document)
    }

    private func summary(_ call: Call) async throws -> Response {
        let target = try await target(call)
        let usage = try await target.usage()
        let anomaly = await target.anomaly()
        let power = target.isLive ? target.latest?.power.map(Double.init) : nil
        return .json(
            [
                "success": true, "isAbnormal": .boolean(anomaly != nil),
                "anomalySocket": .text(LegacyHousehold.socket(of: anomaly)),
                "currentMonthKwh": .number(usage.monthEnergy.kilowattHours),
                "lastMonthKwh": .sure(usage.lastMonth?.kilowattHours),
                "historicalAvgPower": .sure(try await target.averagePower(over: 28)), "currentPower": .sure(power),
                "daysElapsed": .integer(Int64(usage.today.day)),
            ] as Document)
    }

    private func dailyHistory(_ call: Call) async throws -> Response {
        let usage = try await target(call).usage()
        return .json(Document.list(Self.days(usage)))
    }

    /// From the first of the month to today, a row each; a day without readings says so.
    private static func days(_ usage: Usage) -> [Document] {
        let known = Dictionary(uniqueKeysWithValues: usage.days.map { ($0.date.day, $0) })
        return (1...usage.today.day).map { day in
            [
                "day": .integer(Int64(day)), "kwh": .sure(known[day]?.energy.kilowattHours),
                "known": .boolean(known[day]?.isKnown ?? false),
            ]
        }
    }

    private func dailyStats(_ call: Call) async throws -> Response {
        let usage = try await target(call).usage()
        let energies = usage.days.filter(\.isKnown).map(\.energy.kilowattHours)
        return .json(
            [
                "success": true,
                "stats": [
                    "days": .list(Self.days(usage)), "total": .number(usage.monthEnergy.kilowattHours),
                    "average": .sure(energies.isEmpty ? nil : energies.reduce(0, +) / Double(energies.count)),
                    "peak": .sure(energies.max()), "lowest": .sure(energies.min()),
                ],
            ] as Document)
    }

    private struct User: Decodable {
        let userId: LegacyName?
    }

    private func dailyUsage(_ call: Call) async throws -> Response {
        let user = try await call.body(User.self)
        let usage = try await premises.legacyHousehold(call, named: user.userId?.text).usage()
        return .json(
            [
                "success": true,
                "summary": [
                    "date": .text(usage.today.description), "kwh": .number(usage.todayEnergy.kilowattHours),
                    "monthKwh": .number(usage.monthEnergy.kilowattHours),
                ],
            ] as Document)
    }

    private func forecast(_ call: Call) async throws -> Response {
        let document = try await LegacyForecast(try await target(call)).document()
        return .json(["success": true, "forecast": document] as Document)
    }

    // MARK: - Limits and alerts

    private var limitEndpoints: [Endpoint] {
        let user = ("userId", Shape.anything)
        return [
            .get(
                "/api/usage/monthly-summary/{user}", .legacy, "The month against the household's limit.",
                query: [.query("monthYear", .text, "The month, 2026-02; only the running one is known.")],
                answer: .object([("summary", .anything)]), monthlySummary),
            .get("/api/usage/monthly-limit/{user}", .legacy, "The month's limit.", answer: .anything, monthlyLimit),
            .post(
                "/api/usage/monthly-limit", .legacy, "Sets the month's limit.",
                body: .object([user, ("monthlyLimit", .number(0.001...1_000_000))], optional: ["userId"]),
                answer: .anything, setMonthlyLimit),
            .get("/api/power-limit/{user}", .legacy, "The day's limit.", answer: .anything, dayLimit),
            .post(
                "/api/power-limit/set", .legacy, "Sets the day's limit.",
                body: .object([user, ("dailyLimit", .number(0.001...1_000_000))], optional: ["userId"]), setDayLimit),
            .post(
                "/api/power-limit/check", .legacy, "How much of a day's limit is used.",
                body: .object(
                    [user, ("currentUsage", .number(0...1_000_000)), ("dailyLimit", .number(0.001...1_000_000))],
                    optional: ["userId"]),
                answer: .anything, checkLimit),
            .get(
                "/api/usage/alerts/{user}", .legacy, "The open alerts.",
                answer: .object([("alerts", .list(.anything))]), alerts),
            .post(
                "/api/usage/alerts/resolve", .legacy, "Settles an alert.",
                body: .object([user, ("alertId", .integer(1...Int.max))], optional: ["userId"]), resolveAlert),
            .post(
                "/api/notifications/log-anomaly", .legacy, "Takes the app's note of an anomaly; ours are found here.",
                noted),
            .post("/api/api/notifications/log-anomaly", .legacy, "The same by the address that the app builds.", noted),
            .post(
                "/api/api/notifications/log-bill-prediction", .legacy, "Takes the app's note of a prediction.", noted),
        ]
    }

    private func noted(_ call: Call) async throws -> Response {
        _ = try await premises.legacyHousehold(call, named: nil)
        return .json(Done())
    }

    /// Both spellings of each member: the app reads one, the original's server sent the other.
    private func monthlySummary(_ call: Call) async throws -> Response {
        let target = try await target(call)
        let usage = try await target.usage()
        if let text = call.request.uri.queryParameters.get("monthYear"), text != usage.today.inMonth.description {
            throw Refusal.invalid("monthYear", "Only the running month, \(usage.today.inMonth), is known here.")
        }
        let limit = premises.limits.limits(of: target.household.id).month?.kilowattHours
        let used = usage.monthEnergy.kilowattHours
        let excess = limit.map { max(0, used - $0) } ?? 0
        return .json(
            [
                "success": true,
                "summary": [
                    "allocated": .sure(limit), "consumed": .number(used),
                    "remaining": .sure(limit.map { max(0, $0 - used) }),
                    "exceeded": .boolean(excess > 0), "excess_amount": .number(excess), "excessAmount": .number(excess),
                    "carryover_from_previous": 0, "carryoverFromPrevious": 0, "hasLimit": .boolean(limit != nil),
                ],
            ] as Document)
    }

    private func monthlyLimit(_ call: Call) async throws -> Response {
        let target = try await target(call)
        return .json(
            [
                "success": true,
                "monthlyLimit": .maybe(premises.limits.limits(of: target.household.id).month?.kilowattHours),
            ] as Document)
    }

    private struct NewLimit: Decodable {
        let userId: LegacyName?
        let monthlyLimit: Double?
        let dailyLimit: Double?
    }

    private func setMonthlyLimit(_ call: Call) async throws -> Response {
        try await setLimit(call, "monthlyLimit", \.monthlyLimit) { $0.month = $1 }
    }

    private func setDayLimit(_ call: Call) async throws -> Response {
        try await setLimit(call, "dailyLimit", \.dailyLimit) { $0.day = $1 }
    }

    private func setLimit(
        _ call: Call, _ field: String, _ value: @Sendable (NewLimit) -> Double?,
        _ set: @Sendable (inout HouseholdLimits, Energy?) -> Void
    ) async throws -> Response {
        let new = try await call.body(NewLimit.self)
        guard let told = value(new) else { throw Refusal.invalid(field, "\(field) is missing.") }
        guard told >= 0.001, told <= 1_000_000 else {
            throw Refusal.invalid(field, "\(field) is more than 0 and at most a million kWh.")
        }
        let target = try await premises.legacyHousehold(call, named: new.userId?.text)
        var limits = premises.limits.limits(of: target.household.id)
        set(&limits, Energy(kilowattHours: told))
        let changes = try await premises.limits.change(limits, of: target.household.id, at: call.now)
        for case .over(let key) in changes { await premises.alerts.end(key, of: target.household.id, at: call.now) }
        return .json(Document.object(["success": true, field: .number(told)]))
    }

    private func dayLimit(_ call: Call) async throws -> Response {
        let target = try await target(call)
        let limit = premises.limits.limits(of: target.household.id).day?.kilowattHours
        return .json(["success": true, "daily_power_limit": .maybe(limit), "alert_threshold": 75] as Document)
    }

    private struct Check: Decodable {
        let userId: LegacyName?
        let currentUsage: Double
        let dailyLimit: Double
    }

    private func checkLimit(_ call: Call) async throws -> Response {
        let check = try await call.body(Check.self)
        guard check.dailyLimit > 0 else { throw Refusal.invalid("dailyLimit", "dailyLimit is more than 0.") }
        guard check.currentUsage >= 0 else { throw Refusal.invalid("currentUsage", "currentUsage is 0 or more.") }
        _ = try await premises.legacyHousehold(call, named: check.userId?.text)
        let step = LimitStep.highest(of: check.currentUsage, against: check.dailyLimit)
        return .json(
            [
                "success": true, "notificationSent": .boolean(step != nil),
                "percentage": .number(check.currentUsage / check.dailyLimit * 100),
                "threshold": .integer(Int64(step ?? 0)),
            ] as Document)
    }

    private func alerts(_ call: Call) async throws -> Response {
        let target = try await target(call)
        let alerts = await premises.alerts.openAlerts(of: target.household.id).map { alert -> Document in
            [
                "id": .integer(alert.id ?? 0), "type": .text(alert.condition.key.kind.rawValue),
                "message": .text(alert.sentence),
                "severity": .text(alert.condition.severity.rawValue),
                "timestamp": .text(ReadingAnswer.timestamp(alert.openedAt)),
            ]
        }
        return .json(["success": true, "alerts": .list(alerts)] as Document)
    }

    private struct Settled: Decodable {
        let userId: LegacyName?
        let alertId: Int64
    }

    private func resolveAlert(_ call: Call) async throws -> Response {
        let settled = try await call.body(Settled.self)
        let target = try await premises.legacyHousehold(call, named: settled.userId?.text)
        do {
            _ = try await premises.alerts.resolve(
                settled.alertId, of: target.household.id, by: call.person?.name ?? "app", at: call.now)
        } catch is ControlError { throw Refusal.notThere }
        return .json(Done())
    }

    // MARK: - Insights

    private var insightEndpoints: [Endpoint] {
        let predictions = ["bill", "30days", "breakdown", "recommendations"].flatMap { name in
            ["/api/predictions", "/api/api/predictions"].map { root in
                Endpoint.get("\(root)/\(name)/{user}", .legacy, "What lies ahead: \(name).", answer: .anything) {
                    call in
                    try await self.prediction(name, call)
                }
            }
        }
        return [
            .get(
                "/api/ml/insights/{user}", .legacy, "What stands out.", answer: .object([("insights", .anything)]),
                insights),
            .post(
                "/api/ml/analyze", .legacy, "What stands out.",
                body: .object([("userId", .anything)], optional: ["userId"]),
                answer: .anything
            ) { call in
                let user = try await call.body(User.self)
                let target = try await premises.legacyHousehold(call, named: user.userId?.text)
                return .json(["success": true, "analysis": try await insights(of: target)] as Document)
            },
            .post(
                "/api/ml/detect-anomalies", .legacy, "Whether something is out of the ordinary.",
                body: .object([("userId", .anything)], optional: ["userId"]), answer: .anything
            ) { call in
                let user = try await call.body(User.self)
                let target = try await premises.legacyHousehold(call, named: user.userId?.text)
                return .json(["success": true, "detection": Self.anomaly(await target.anomaly())] as Document)
            },
        ]
            + ["next-hour", "next-day", "anomalies", "recommendations"].map { name in
                Endpoint.get("/api/ml-predict/\(name)/{user}", .legacy, "What lies ahead: \(name).", answer: .anything)
                { call in
                    try await self.prediction(name, call)
                }
            } + predictions
    }

    private func insights(_ call: Call) async throws -> Response {
        .json(["success": true, "insights": try await insights(of: try await target(call))] as Document)
    }

    private func insights(of target: LegacyHousehold) async throws -> Document {
        let usage = try await target.usage()
        let energies = usage.days.filter(\.isKnown).map(\.energy.kilowattHours)
        let mean = energies.isEmpty ? 0 : energies.reduce(0, +) / Double(energies.count)
        let variance =
            energies.isEmpty ? 0 : energies.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(energies.count)
        return [
            "anomalies": Self.anomaly(await target.anomaly()),
            "pattern": [
                "average_usage": .number(mean), "peak_usage": .sure(energies.max()), "min_usage": .sure(energies.min()),
                "std_dev": .number(variance.squareRoot()),
            ],
            "suggestions": .list(try await LegacyForecast(target).suggestions()), "daily_avg": .number(mean),
            "monthly_cost": .sure(usage.soFarAmount),
        ]
    }

    private static func anomaly(_ alert: Alert?) -> Document {
        [
            "is_anomaly": .boolean(alert != nil), "severity": .text(alert?.condition.severity.rawValue ?? "none"),
            "description": .text(alert?.sentence ?? "Nothing is out of the ordinary."),
            "socket": .text(LegacyHousehold.socket(of: alert)),
        ]
    }

    private func prediction(_ name: String, _ call: Call) async throws -> Response {
        let target = try await target(call)
        let ahead = LegacyForecast(target)
        switch name {
        case "anomalies":
            let alert = await target.anomaly()
            let found = alert.map {
                [["type": .text($0.condition.key.kind.rawValue), "description": .text($0.sentence)] as Document]
            }
            return .json(["success": true, "anomalies": .list(found ?? [])] as Document)
        case "recommendations":
            let texts = try await ahead.suggestions().compactMap { suggestion -> Document? in
                guard case .object(let members) = suggestion else { return nil }
                return members["message"]
            }
            return .json(
                ["success": true, "recommendations": .list(texts), "prediction": ["recommendations": .list(texts)]]
                    as Document)
        case "next-hour": return .json(["success": true, "prediction": try await ahead.nextHour()] as Document)
        case "next-day": return .json(["success": true, "prediction": try await ahead.nextDay()] as Document)
        default: return .json(["success": true, "prediction": try await ahead.document()] as Document)
        }
    }
}
