import Foundation
import HTTPTypes
import Hummingbird
import Metering
import Reports
import Store

/// What was used and what it costs, by the engine that makes the bills.
struct UsageRoutes: Sendable {
    let premises: Premises

    var endpoints: [Endpoint] {
        [
            .get(
                "/v1/usage", .person, "What the household used today and this month, and what it costs.",
                answer: .object(
                    [
                        ("today_kwh", .number()), ("today_cost", .text), ("month_kwh", .number()),
                        ("bill_so_far", .text),
                        ("last_month_kwh", .number()), ("currency", .text), ("day", .text),
                        ("days", .list(.object([("day", .text), ("kwh", .number()), ("known", .boolean)]))),
                    ], optional: ["today_cost", "bill_so_far", "last_month_kwh", "currency"]), usage)
        ]
    }

    private struct View: Encodable {
        struct Day: Encodable {
            let day: String
            let kwh: Double
            let known: Bool
        }

        let today_kwh: Double
        let today_cost: String?
        let month_kwh: Double
        let bill_so_far: String?
        let last_month_kwh: Double?
        let currency: String?
        let day: String
        let days: [Day]
    }

    private func usage(_ call: Call) async throws -> Response {
        let household = try await premises.household(of: call)
        let usage = try await premises.usage(of: household, at: call.now)
        let wording = Wording(locale: household.locale, clock: household.clock)
        return .json(
            View(
                today_kwh: usage.todayEnergy.kilowattHours,
                today_cost: usage.todayCost.map { wording.money($0.money, $0.currency) },
                month_kwh: usage.monthEnergy.kilowattHours,
                bill_so_far: usage.soFar.map { wording.money($0.money, $0.currency) },
                last_month_kwh: usage.lastMonth?.kilowattHours, currency: usage.soFar?.currency.code,
                day: usage.today.description,
                days: usage.days.map {
                    View.Day(day: $0.date.description, kwh: $0.energy.kilowattHours, known: $0.isKnown)
                }))
    }
}

extension Premises {
    /// What a household used, reckoned now; the device that carries its meter is told.
    func usage(of household: Household, at now: Date) async throws -> Usage {
        try await limits.reckon(household, at: now) { meter in
            roster.members(of: household.id).first { $0.entry.meter?.id == meter.id }?.slot
        }
    }
}
