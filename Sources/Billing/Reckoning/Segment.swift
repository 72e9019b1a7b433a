import Metering

/// What slabs are chosen by.
struct SlabBasis {
    let quantities: Quantities
    let months: Fraction
    let dayCount: Int
}

/// A part of a bill with one version and one season: some of its days, or all of them with a weight.
struct Segment {
    let version: TariffVersion
    let season: String?
    let dayCount: Int
    /// The segment's days as a share of the bill's.
    let share: Fraction
    let months: Fraction
    let quantities: Quantities
    /// The whole bill where units are shared out by days, so that sharing moves nobody into another slab; else the segment.
    let basis: SlabBasis
    /// With which the version takes part in a blended bill; nil when it bills its days alone.
    let blend: Fraction?
}
