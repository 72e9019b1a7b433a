package import Metering

/// Readings of one meter on their way from a file.
package struct MeterReadings: Sendable {
    /// The household's name in the file, or the one told.
    package let household: String
    package let meter: String
    package let role: Meter.Role
    /// Whether the register was made by adding up intervals; it then begins at zero and must be put on top of what is stored.
    package let isDerived: Bool
    /// Seconds between readings, the step that is met most.
    package let cadence: Double
    package let readings: [Reading]
}
