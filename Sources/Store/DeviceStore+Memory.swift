package import Foundation
import Postgres

extension DeviceStore {
    /// Stores what the daemon learned of several devices, in place of what it knew; devices that are gone are left out.
    package func save(memories: [(device: Int64, memory: Data)], at now: Date) async throws {
        guard !memories.isEmpty else { return }
        // Of one that comes twice the last counts: a statement may touch a row only once.
        let newest = Dictionary(memories.map { ($0.device, $0.memory) }, uniquingKeysWith: { $1 })
        let sorted = newest.sorted { $0.key < $1.key }
        try await database.run { connection in
            try connection.execute(
                """
                INSERT INTO device_memory (device_id, saved_at, memory)
                SELECT new.device_id, \(now), new.memory
                FROM unnest(\(sorted.map(\.key))::bigint[], \(sorted.map(\.value))::bytea[]) AS new (device_id, memory)
                JOIN device ON device.device_id = new.device_id ORDER BY new.device_id
                ON CONFLICT (device_id) DO UPDATE SET saved_at = excluded.saved_at, memory = excluded.memory
                """)
        }
    }

    /// What was last stored of a device; nil when nothing was.
    package func memory(of device: Int64) async throws -> Data? {
        try await database.run { connection in
            try connection.first(
                "SELECT memory FROM device_memory WHERE device_id = \(device)", { (memory: Data) in memory })
        }
    }

    /// The same of all devices that were not revoked.
    package func memories() async throws -> [Int64: Data] {
        let rows = try await database.run { connection in
            try connection.query(
                """
                SELECT device_id, memory FROM device_memory JOIN device USING (device_id) WHERE revoked_at IS NULL
                """, { (device: Int64, memory: Data) in (device, memory) })
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
