/// What homes have in common: how fast they change, how noisy they are, how their year usually goes.
///
/// Found by cross-validation over households and time (Forecasting.md); variances are in squared parts of the mean day.
struct FilterConstants: Sendable {
    typealias Lanes = SIMD8<Float>

    let levelVariance: Float = 1.6
    /// Variance that the level gains in a day, for each speed.
    let levelWalk: Lanes
    /// The part of the level's distance from 1 that is left after a day.
    let levelKept: Float = 0.9985
    let departureWalk: Lanes
    /// The part of a departure that is left after a day, for each speed.
    let departureFade: Lanes
    /// Cosine and sine of the year and of the half year, counted from the coldest day.
    let waveMean: SIMD4<Float> = [0.16, 0, 0.065, -0.005]
    let waveVariance: SIMD4<Float> = [0.028, 0.006, 0.006, 0.0035]
    /// The noise of a home whose days differ as those of the usual home.
    let usualNoise = 0.13
    let noisePower = 0.75
    /// Standard deviations at which a surprise is cut.
    let clipAbove: Float = 2
    let clipBelow: Float = 3.1
    /// A mean surprise of less is left alone, in parts of the mean day; so many days without surprise are added to it.
    let usualBias: Float = 0.08
    let surprisesDrawnBy: Float = 30
    /// What is left of a surprise after a day.
    let surpriseKept: Float = 0.995
    /// Standard deviations beyond which a day counts no more against a speed.
    let worstScore: Float = 3.7
    /// What is left of the likelihood after sixteen days.
    let likelihoodKept: Float = 0.98
    let likelihoodWeight: Float = 0.4

    static let shipped = FilterConstants()

    /// Four speeds of the level, each with a small and a large departure.
    private init() {
        let speeds: Lanes = [0.125, 0.125, 0.5, 0.5, 2, 2, 8, 8]
        let departures: Lanes = [0.28, 2.2, 0.33, 2.6, 0.39, 3, 0.46, 3.6]
        levelWalk = 0.0019 * speeds
        departureWalk = 0.0045 * departures
        departureFade = Lanes(repeating: 0.87)
    }
}
