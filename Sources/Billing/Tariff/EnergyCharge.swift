/// A charge by slabs of energy.
package struct EnergyCharge: Hashable, Sendable {
    /// How the units of several times of use fill one ladder of slabs.
    package enum Filling: String, Sendable, CaseIterable {
        /// Each slab holds every period in the proportion of the whole bill.
        case proportional
        /// Hour by hour, in the order of time.
        case chronological
        /// Each period climbs a ladder of its own.
        case perPeriod = "per_period"
    }

    package let quantity: MeteredQuantity
    /// The quantity by whose total the class and the slab of a whole rate are chosen.
    package let selectBy: MeteredQuantity
    package let filling: Filling
    package let roundsEachSlab: Bool
    package let classes: [SlabClass]
}
