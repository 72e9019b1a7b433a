/// The slabs for a range of total consumption.
package struct SlabClass: Hashable, Sendable {
    package enum Style: String, Sendable {
        /// Each slab's rate charges the units inside it.
        case telescopic
        /// The rate of the slab reached charges every unit.
        case whole
    }

    /// The greatest total the class is for; nil for the last.
    package let upTo: Limit?
    package let style: Style
    package let slabs: [Slab]
    /// By what the rate is multiplied in each time-of-use period; empty for nothing.
    package let factors: [String: Rate]
}
