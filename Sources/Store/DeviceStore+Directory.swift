import Postgres

extension DeviceStore {
    /// Every device by its number, the revoked ones too.
    package func all() async throws -> [Device] {
        try await list("true")
    }

    /// The devices of a household by their numbers, without those that were revoked.
    package func devices(of household: Int64) async throws -> [Device] {
        try await list("device.household_id = \(household) AND device.revoked_at IS NULL")
    }

    /// Those that wait for a household.
    package func unclaimed() async throws -> [Device] {
        try await list("device.household_id IS NULL AND device.revoked_at IS NULL")
    }

    package func device(_ id: Int64) async throws -> Device? {
        try await list("device.device_id = \(id)").first
    }

    private func list(_ condition: SQL) async throws -> [Device] {
        try await database.run { connection in
            try connection.query("\(Device.columns) WHERE \(condition) ORDER BY device.device_id", Device.fromRow)
        }
    }

    /// Everything that the taking of readings needs, of all devices, in one query; the revoked ones too.
    package func directory() async throws -> DeviceDirectory {
        try await directory("true")
    }

    /// The same of some devices only; one that is not there is gone.
    package func directory(of devices: [Int64]) async throws -> DeviceDirectory {
        try await directory("device.device_id = ANY(\(devices)::bigint[])")
    }

    private func directory(_ condition: SQL) async throws -> DeviceDirectory {
        DeviceDirectory(
            try await database.run { connection in
                try connection.query(
                    "\(DeviceDirectory.columns) WHERE \(condition) ORDER BY device.device_id",
                    DeviceDirectory.Entry.fromRow)
            })
    }
}
