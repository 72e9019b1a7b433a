/// An amount of electrical energy in whole milliwatt-hours.
///
/// Exact in sums and differences. A kilowatt-hour figure of a device or a file becomes an `Energy` once, at the border.
package struct Energy: Hashable, Comparable, Codable, Sendable {
    package let milliwattHours: Int64

    package init(milliwattHours: Int64) {
        self.milliwattHours = milliwattHours
    }

    package static let zero = Energy(milliwattHours: 0)

    /// Milliwatt-hours in a kilowatt-hour.
    package static let perKilowattHour: Int64 = 1_000_000
}

extension Energy {
    /// Whole kilowatt-hours.
    package static func kilowattHours(_ count: Int) -> Energy {
        Energy(milliwattHours: Int64(count) * perKilowattHour)
    }

    /// The nearest whole milliwatt-hour to `kilowattHours`, or nil when that is not a finite number in range.
    ///
    /// For figures that were floating point before they came here; exact text is read as such.
    package init?(kilowattHours: Double) {
        let milliwattHours = (kilowattHours * Double(Self.perKilowattHour)).rounded()
        guard milliwattHours.isFinite, abs(milliwattHours) < 9e18 else { return nil }
        self.init(milliwattHours: Int64(milliwattHours))
    }

    /// For statistics and drawing only; a bill is made of the integer.
    package var kilowattHours: Double {
        Double(milliwattHours) / Double(Self.perKilowattHour)
    }

    package static func < (left: Energy, right: Energy) -> Bool {
        left.milliwattHours < right.milliwattHours
    }

    package static func + (left: Energy, right: Energy) -> Energy {
        Energy(milliwattHours: left.milliwattHours + right.milliwattHours)
    }

    package static func - (left: Energy, right: Energy) -> Energy {
        Energy(milliwattHours: left.milliwattHours - right.milliwattHours)
    }

    package static func += (left: inout Energy, right: Energy) {
        left = left + right
    }
}

extension Sequence<Energy> {
    package func sum() -> Energy {
        reduce(.zero, +)
    }
}
