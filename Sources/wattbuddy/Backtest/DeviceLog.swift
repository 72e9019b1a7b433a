import Analysis
import Foundation
import Importing
import Metering

/// The readings of a file, device after device, as the daemon would have taken them.
struct DeviceLog: ~Copyable {
    private var table: NamedColumns
    private(set) var device = ""

    private static let names = ["device", "ts", "voltage", "current", "power", "energy_kWh", "relay1", "relay2"]

    init(path: String) throws {
        table = try NamedColumns(path: path, names: Self.names)
    }

    /// The next reading, and whether it is the first of another ``device``; nil after the last.
    mutating func next() throws -> (reading: LiveReading, isNewDevice: Bool)? {
        guard try table.next() else { return nil }
        let isNew = !table.isSame(0, as: device)
        if isNew { device = table.text(0) }
        let reading = LiveReading(
            at: try table.time(1), voltage: try table.number(2), current: try table.number(3),
            power: try table.number(4), register: try table.number(5).flatMap(Energy.init(kilowattHours:)),
            relay1: try table.number(6).map { $0 != 0 }, relay2: try table.number(7).map { $0 != 0 })
        return (reading, isNew)
    }
}
