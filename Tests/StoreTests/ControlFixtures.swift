import Control
import Foundation
import Postgres
import Store
import TestSupport

/// A device of the household, or of nobody.
func sampleDevice(of household: Household?, token: String = "t") async throws -> Int64 {
    let id = try await Database.scratch.run { connection in
        try connection.first(
            "INSERT INTO device (household_id, name, token_sha256) VALUES (\(household?.id), 'Kitchen', \(token)) RETURNING device_id",
            { (id: Int64) in id })
    }
    guard let id else { throw StoreError(.absent, "the device has no number") }
    return id
}

func orderDraft(of device: Int64, _ relay: Relay = .first, on: Bool = false, at now: Date) -> RelayOrderDraft {
    RelayOrderDraft(
        device: device, relay: relay, isOn: on, by: "asha", because: "it's \"hot\"; --", at: now,
        lifetime: .usual(isOn: on))
}
