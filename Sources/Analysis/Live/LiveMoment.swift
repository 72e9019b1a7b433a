/// When a reading came, as the rules need it.
struct LiveMoment: Sendable {
    /// Seconds since 1970.
    let at: Double
    /// Days of the household since the device's first reading, that one's being 1.
    let day: Int
    /// Seconds between readings, as they usually are.
    let pace: Double
    let isLearning: Bool
    /// Whether the reading follows the one before, so that nothing can have happened unseen.
    let isUnbroken: Bool
}
