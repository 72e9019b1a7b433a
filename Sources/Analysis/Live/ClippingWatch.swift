/// Whether the current sensor is at its end.
struct ClippingWatch: Codable, Sendable {
    /// Amperes; nil until the device has told.
    private var limit: Double?
    private var count = 0
    private(set) var openSince: Double?

    private static let share = 0.98

    /// - Parameter told: where the sensor ends; nil where the reading does not say, so that what was told last holds.
    mutating func take(_ current: Double, limit told: Double?, at instant: Double, _ settings: LiveSettings) -> Excess?
    {
        limit = told ?? limit
        guard let limit, limit > 0, abs(current) >= limit * Self.share else {
            count = 0
            openSince = nil
            return nil
        }
        count += 1
        guard openSince == nil, count >= settings.heldReadings else { return nil }
        openSince = instant
        return Excess(score: abs(current) / limit, observed: abs(current), usual: limit)
    }
}
