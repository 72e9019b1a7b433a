package import Foundation
package import Metering
package import Postgres

/// Devices, their tokens and whose they are.
///
/// Tokens and claim codes come as their SHA-256 in hexadecimal; the store never sees them. Every change is notified when it is
/// committed (``changes()``).
package struct DeviceStore: Sendable {
    let database: Database

    package init(_ database: Database) {
        self.database = database
    }

    /// Enters a device; with a household it gets a meter there at once (``DeviceMeter``), else it waits to be claimed.
    ///
    /// - Parameters:
    ///   - household: the number of its household; nil for an unclaimed one.
    ///   - consumerNumber: the utility's number of the household that takes it at its next login.
    /// - Throws: ``StoreError`` of kind `absent` when there is no such household, `conflict` when the token or code is known.
    package func add(
        name: String, household: Int64?, consumerNumber: String? = nil, tokenHash: String, claimHash: String? = nil,
        at now: Date
    ) async throws -> Device {
        try await change { connection in
            let id = try StoreError.onDuplicate("this token or claim code is known already") {
                try connection.first(
                    """
                    INSERT INTO device (name, consumer_number, token_sha256, claim_sha256, created_at)
                    VALUES (\(name), \(consumerNumber), \(tokenHash), \(claimHash), \(now)) RETURNING device_id
                    """, { (id: Int64) in id })
            }
            guard let id else { throw StoreError(.absent, "device '\(name)' has no number") }
            if let household { try Self.give([id], to: household, on: connection) }
            return try Self.changed(id, on: connection)
        }
    }

    /// Takes the household's word that a device is its own; nil when no unclaimed device has this code.
    package func claim(codeHash: String, for household: Int64) async throws -> Device? {
        try await change { connection in
            let id = try connection.first(
                """
                SELECT device_id FROM device
                WHERE claim_sha256 = \(codeHash) AND household_id IS NULL AND revoked_at IS NULL FOR UPDATE
                """, { (id: Int64) in id })
            guard let id else { return nil }
            try Self.give([id], to: household, on: connection)
            return try Self.changed(id, on: connection)
        }
    }

    /// Gives a household the devices that were provisioned for its consumer number; to be called when it logs in.
    ///
    /// - Returns: the devices that are its own from now on.
    package func linkByConsumerNumber(for household: Int64) async throws -> [Device] {
        try await change { connection in
            let ids = try connection.query(
                """
                SELECT device_id FROM device JOIN household ON household.consumer_number = device.consumer_number
                WHERE household.household_id = \(household) AND device.household_id IS NULL AND revoked_at IS NULL
                ORDER BY device_id FOR UPDATE OF device
                """, { (id: Int64) in id })
            guard !ids.isEmpty else { return [] }
            try Self.give(ids, to: household, on: connection)
            return try ids.map { try Self.changed($0, on: connection) }
        }
    }

    /// Lets the device's token in no more; what it sent stays. Revoking twice keeps the first instant.
    ///
    /// - Throws: ``StoreError`` of kind `absent` when there is no such device.
    package func revoke(_ device: Int64, at now: Date) async throws -> Device {
        try await change { connection in
            try connection.execute(
                """
                UPDATE device SET revoked_at = coalesce(revoked_at, \(now)), claim_sha256 = NULL WHERE device_id = \(device)
                """)
            return try Self.changed(device, on: connection)
        }
    }

    /// Gives the device another token; the old one is let in no more.
    ///
    /// - Throws: ``StoreError`` of kind `absent` when there is no such device or it was revoked.
    package func rotate(_ device: Int64, tokenHash: String) async throws -> Device {
        try await change { connection in
            let count = try StoreError.onDuplicate("this token is known already") {
                try connection.execute(
                    """
                    UPDATE device SET token_sha256 = \(tokenHash) WHERE device_id = \(device) AND revoked_at IS NULL
                    """)
            }
            guard count == 1 else { throw StoreError(.absent, "there is no device \(device), or it was revoked") }
            return try Self.changed(device, on: connection)
        }
    }

    /// Names the sockets at the two relays, and says which of them nothing may cut off by itself, which may be switched off
    /// for a moment to settle a doubt, and what the relays bear. A socket that is never cut off cannot be among the latter.
    ///
    /// - Parameters:
    ///   - names: two, for relay 1 and relay 2.
    ///   - mayProbe: nil leaves it as it is.
    ///   - rating: amperes; nil leaves it as it is.
    /// - Throws: ``StoreError`` of kind `absent` when there is no such device.
    package func setSockets(
        of device: Int64, names: [String], neverCut: RelayStates, mayProbe: RelayStates? = nil, rating: Double? = nil
    ) async throws -> Device {
        try await change { connection in
            try connection.execute(
                """
                UPDATE device SET socket_names = \(names), never_cut = \(neverCut.rawValue),
                    may_probe = coalesce(\(mayProbe?.rawValue)::smallint, may_probe) & ~\(neverCut.rawValue)::smallint,
                    relay_rating_a = coalesce(\(rating)::float8, relay_rating_a)
                WHERE device_id = \(device)
                """)
            return try Self.changed(device, on: connection)
        }
    }

    func change<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) async throws -> Value {
        try await database.run { connection in try connection.transaction { try body(connection) } }
    }

    /// The code is spent, and nobody of this household has agreed to anything yet; the meters are made in the order of the devices' numbers.
    private static func give(_ devices: [Int64], to household: Int64, on connection: Connection) throws {
        for device in devices {
            try DeviceMeter.link(device, to: household, on: connection)
            try connection.execute(
                """
                UPDATE device SET household_id = \(household), claim_sha256 = NULL, may_probe = 0
                WHERE device_id = \(device)
                """)
        }
    }

    /// The device as it is now, after its change was noted for those who listen.
    static func changed(_ device: Int64, on connection: Connection) throws -> Device {
        try noteChange(of: "SELECT \(device)", on: connection)
        guard let now = try connection.first("\(Device.columns) WHERE device.device_id = \(device)", Device.fromRow)
        else { throw StoreError(.absent, "there is no device \(device)") }
        return now
    }
}
