/// What measures one circuit, and the limits by which its register is judged.
package struct Meter: Hashable, Sendable {
    /// What a meter stands for in its household.
    package enum Role: String, Sendable, CaseIterable {
        /// The register that is billed.
        case main
        /// A part of what the main meter counts.
        case sub
        /// Energy given to the grid.
        case export
        /// Energy made at home.
        case production
    }

    package let id: Int64
    package let name: String
    package let role: Role
    package let limits: RegisterLimits

    package init(id: Int64, name: String, role: Role, limits: RegisterLimits) {
        self.id = id
        self.name = name
        self.role = role
        self.limits = limits
    }
}

/// What a register can do at the most, known beforehand and never learned from the readings.
package struct RegisterLimits: Hashable, Sendable {
    /// Watts the breaker allows.
    package let maximumPower: Double
    /// Seconds without a reading that make a gap.
    package let gapAfter: Double

    /// - Parameter cadence: seconds between two readings; a gap is at least one and a half of them, and never less than
    ///   ten minutes.
    package init(maximumPower: Double = 50_000, cadence: Double = 60) {
        self.maximumPower = maximumPower
        gapAfter = max(600, cadence * 1.5)
    }

    /// The most energy that can flow in `seconds`.
    func most(in seconds: Double) -> Energy {
        let milliwattHours = maximumPower * max(0, seconds) / 3.6
        return Energy(milliwattHours: Int64(min(milliwattHours, 4e18)))
    }
}
