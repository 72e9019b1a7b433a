import Billing
import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

extension HouseholdStore {
    func sample(_ slug: String = "nair", zone: String = "Asia/Kolkata") async throws -> Household {
        let timeZone = try #require(TimeZone(identifier: zone))
        var draft = try #require(HouseholdDraft(slug: slug, zone: timeZone))
        draft.name = "Lakshmi Nair"
        draft.inputs = ["phase": "single"]
        return try await save(draft)
    }
}

func instant(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}

/// Readings a minute apart whose register rises by `step` milliwatt-hours.
func readings(from start: Date, count: Int, step: Int64 = 10_000) -> [Reading] {
    (0..<count).map { index in
        Reading(
            at: start.addingTimeInterval(Double(index) * 60), register: Energy(milliwattHours: Int64(index) * step),
            power: Float(step) / 1000 * 60, voltage: 229.5, current: 2.6, relays: [.first], bootID: 7,
            sequence: Int64(index))
    }
}
