/// What measures one circuit, and the limits by which its register is judged.
package struct Meter: Hashable, Codable, Sendable {
    /// What a meter stands for in its household.
    package enum Role: String, Codable, Sendable, CaseIterable {
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
    /// The board that carries it; nil when nobody told.
    package let device: Int64?
    package let limits: RegisterLimits

    package init(id: Int64, name: String, role: Role, device: Int64? = nil, limits: RegisterLimits) {
        self.id = id
        self.name = name
        self.role = role
        self.device = device
        self.limits = limits
    }
}
