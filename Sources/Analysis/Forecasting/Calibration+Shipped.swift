extension Calibration {
    /// What a new installation begins with.
    package static let shipped = Calibration(
        scores: horizons.map { _ in shares.map { ($0 - 0.5) * 0.6 } })
}
