import Foundation

/// How much a home's weeks differ from each other against what its days alone would make them: swings that last, as of
/// the weather or of who is at home, make larger errors of sums than as many days each for itself.
struct Persistence {
    private static let weeks = 12
    private static let leastDays = 4
    private static let leastSteps = 4
    /// Of the usual home.
    private static let usual = 1.24
    /// The power by which errors grow, and the weeks by which a home's own is drawn to the usual.
    private static let power = 0.4
    private static let drawnBy = 12.0

    /// 1 for the usual home, and where too few weeks are known.
    let factor: Double

    /// - Parameter values: the days, freed of their weekday, NaN where unknown; the last ones count.
    init(_ values: [Float]) {
        var steps = Moments([])
        var within = Moments([])
        var later: Double?
        var count = 0
        for week in 0..<min(Self.weeks, values.count / 7) {
            let end = values.count - 7 * week
            let days = Moments(values[(end - 7)..<end].lazy.map { Double($0) })
            guard days.count >= Self.leastDays else {
                later = nil
                continue
            }
            count += 1
            within.add(days.deviation * days.deviation)
            if let later { steps.add((later - days.mean) * (later - days.mean)) }
            later = days.mean
        }
        guard steps.count >= Self.leastSteps, within.mean > 0 else {
            factor = 1
            return
        }
        let ratio = (steps.mean / 2 * 7 / within.mean).squareRoot() / Self.usual
        let trust = Double(count) / (Double(count) + Self.drawnBy)
        factor = pow(min(max(ratio, 0.3), 3), Self.power * trust)
    }
}
