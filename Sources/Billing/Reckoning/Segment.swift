import Metering

/// A part of a bill with one version and one season: some of its days, or all of them with a weight.
struct Segment {
    let version: TariffVersion
    let season: String?
    let dayCount: Int
    /// The segment's days as a share of the bill's.
    let share: Fraction
    let months: Fraction
    let quantities: Quantities
    /// With which the version takes part in a blended bill; nil when it bills its days alone.
    let blend: Fraction?
}
