import Foundation

/// How unusual each value of any series is, 0 to 1, without looking ahead.
///
/// Two things are watched, each by how far it is from the nearest that was ever seen: the value itself, and its running mean,
/// which a plateau moves where no single value would. After a high score lower ones that follow are held back, so that one event
/// is told once. Takes constant room.
package struct SeriesScore: Sendable {
    private var values = NoveltyScale()
    private var means = NoveltyScale()
    private var mean = 0.0
    private var count = 0
    /// Told one row late: neighbours in time are alike, and would hide that both are new.
    private var last: (value: Double, mean: Double)?
    /// What lower scores are held back by, and how fast that wears off.
    private var echo = 0.0
    private var echoStep = 0.0

    /// Rows over which the running mean looks back.
    private static let span = 20
    /// Rows in which nothing is unusual yet.
    private static let warmUp = 200
    /// Rows in which an event wears off.
    private static let rest = 400.0
    private static let hold = 0.75
    /// The score at which half of the scale is reached.
    private static let half = 5.0

    package init() {}

    /// The score of the next value: below 1, so that the more unusual always has the higher one.
    package mutating func next(_ value: Double) -> Double {
        count += 1
        mean += (value - mean) / Double(min(count, Self.span))
        let novelty = log1p(values.novelty(of: value)) + log1p(means.novelty(of: mean))
        if let last {
            values.learn(last.value)
            means.learn(last.mean)
        }
        last = (value, mean)
        guard count > Self.warmUp else { return 0 }
        let told = muffled(novelty)
        return told / (told + Self.half)
    }

    private mutating func muffled(_ novelty: Double) -> Double {
        let told = max(0, novelty - Self.hold * echo)
        if novelty > echo {
            echo = novelty
            echoStep = novelty / Self.rest
        } else {
            echo = max(0, echo - echoStep)
        }
        return told
    }
}
