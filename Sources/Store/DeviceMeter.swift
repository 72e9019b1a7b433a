import Metering
import Postgres

/// The meter that a device carries in the household it comes to.
///
/// The first device of a household is its main meter. A device takes over what a revoked one leaves behind, whose history goes
/// on: the main meter, else the meter of its own name. Any other is a sub meter of its own name.
struct DeviceMeter {
    private let id: Int64
    private let name: String
    private let role: String
    /// Whether a device carries it that was not revoked.
    private let isCarried: Bool
    private let wasCarried: Bool

    /// - Throws: ``StoreError`` of kind `absent` when there is no such household.
    static func link(_ device: Int64, to household: Int64, on connection: Connection) throws {
        // Locked, so that of two devices that come at once one alone becomes the main meter.
        let isThere = try connection.first(
            "SELECT true FROM household WHERE household_id = \(household) FOR UPDATE", { (isThere: Bool) in isThere })
        guard isThere == true else { throw StoreError(.absent, "there is no household of the number \(household)") }
        let name = try connection.first(
            "SELECT name FROM device WHERE device_id = \(device)", { (name: String) in name })
        guard let name else { throw StoreError(.absent, "there is no device \(device)") }
        let meters = try meters(of: household, on: connection)
        let meter = try vacant(for: name, among: meters) ?? enter(name, in: household, beside: meters, on: connection)
        try connection.execute("UPDATE meter SET device_id = \(device) WHERE meter_id = \(meter)")
    }

    private static func meters(of household: Int64, on connection: Connection) throws -> [DeviceMeter] {
        try connection.query(
            """
            SELECT meter_id, meter.name, role, device.device_id IS NOT NULL AND revoked_at IS NULL,
                   meter.device_id IS NOT NULL
            FROM meter LEFT JOIN device ON device.device_id = meter.device_id
            WHERE meter.household_id = \(household) ORDER BY meter_id
            """, DeviceMeter.init(id:name:role:isCarried:wasCarried:))
    }

    /// The meter that waits for a device of this name.
    private static func vacant(for name: String, among meters: [DeviceMeter]) -> Int64? {
        let orphan = meters.first { $0.role == Meter.Role.main.rawValue && $0.wasCarried && !$0.isCarried }
        return (orphan ?? meters.first { $0.name == name && !$0.isCarried })?.id
    }

    private static func enter(
        _ name: String, in household: Int64, beside meters: [DeviceMeter], on connection: Connection
    ) throws -> Int64 {
        let hasMain = meters.contains { $0.role == Meter.Role.main.rawValue }
        let wanted = hasMain ? name : "main"
        let taken = Set(meters.map(\.name))
        let numbered = (2...meters.count + 2).lazy.map { "\(wanted) \($0)" }
        // One more name than there are meters: one of them is free.
        let free = taken.contains(wanted) ? numbered.first { !taken.contains($0) } ?? wanted : wanted
        return try HouseholdStore.enterMeter(
            named: free, of: household, role: hasMain ? .sub : .main, cadence: RegisterLimits().cadence, on: connection
        ).id
    }
}
