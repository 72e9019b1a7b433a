/// What a register can do at the most, known beforehand and never learned from the readings.
package struct RegisterLimits: Hashable, Codable, Sendable {
    /// Watts the breaker allows.
    package let maximumPower: Double
    /// Seconds between two readings.
    package let cadence: Double
    /// Seconds without a reading that make a gap.
    package let gapAfter: Double
    /// What the register counts before it begins again at zero; nil when nobody told.
    package let modulus: Energy?

    /// - Parameters:
    ///   - cadence: seconds between two readings; a gap is at least one and a half of them, and never less than ten
    ///     minutes.
    ///   - modulus: the first figure that the register cannot show; for a display of nines (99 999 kWh) the figure after it
    ///     is meant.
    package init(maximumPower: Double = 50_000, cadence: Double = 60, modulus: Energy? = nil) {
        self.maximumPower = maximumPower
        self.cadence = cadence
        gapAfter = max(600, cadence * 1.5)
        self.modulus = modulus.map(Self.afterNines)
    }

    /// Seconds after which nothing that comes later changes a verdict (``RegisterRepair``).
    package var settlingTime: Double {
        max(Double(RegisterRepair.lookAheadSeconds), Double(RegisterRepair.lookAheadCount) * cadence)
    }

    /// The most energy that can flow in `seconds`.
    func most(in seconds: Double) -> Energy {
        let milliwattHours = maximumPower * max(0, seconds) / 3.6
        return Energy(milliwattHours: Int64(min(milliwattHours, 4e18)))
    }

    private static func afterNines(_ modulus: Energy) -> Energy {
        let (kilowattHours, rest) = modulus.milliwattHours.quotientAndRemainder(dividingBy: Energy.perKilowattHour)
        guard rest == 0, kilowattHours > 0, String(kilowattHours).utf8.allSatisfy({ $0 == UInt8(ascii: "9") }) else {
            return modulus
        }
        return modulus + .kilowattHours(1)
    }
}
