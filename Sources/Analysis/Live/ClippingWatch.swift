/// Whether the current sensor is at its end.
struct ClippingWatch: Codable, Sendable {
    private var count = 0
    private(set) var openSince: Double?

    private static let share = 0.98

    mutating func take(_ current: Double, at instant: Double, _ settings: LiveSettings) -> Excess? {
        guard let limit = settings.sensorLimit, abs(current) >= limit * Self.share else {
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
