import Foundation

/// Whether a meter tells the same figure for far longer than it ever does: zero is a dead meter, another a stuck one.
struct RepeatCheck: Sendable, Codable {
    private var figure = Double.nan
    private var start = Date.distantPast
    private var end = Date.distantPast
    private var count = 0
    private var isSaid = false
    /// The longest runs so far in seconds, of zeros and of other figures, that were no fault.
    private var longest = Longest()
    /// The share of the last weeks that was zero, before the run.
    private var zeroShare = 0.0

    private struct Longest: Sendable, Codable {
        var zero = 0.0
        var other = 0.0
    }

    private static let zero = 1.0
    /// A meter that is at zero for less than a tenth of the time has no habit of it.
    private static let rareZeros = 0.1
    private static let memory = 28 * 86_400.0
    private static let leastZeros = 6 * 3600.0
    private static let leastCount = 8
    private static let ratio = 1.5
    private static let score = 8.0

    private var isZero: Bool { figure <= Self.zero }
    private var seconds: Double { end.timeIntervalSince(start) }

    /// - Parameter usual: watts that this meter usually tells; nil while it is not known well enough, when all is learned.
    /// - Returns: the run before, if it ended with this interval and was a fault.
    mutating func take(_ interval: WatchedInterval, usual: Double?) -> NightFinding? {
        guard let power = interval.power else { return finish(usual: usual) }
        let figure = power <= Self.zero ? 0 : power
        if figure == self.figure, interval.period.lowerBound.timeIntervalSince(end) < 60 {
            end = interval.period.upperBound
            count += 1
            return nil
        }
        let finding = finish(usual: usual)
        self.figure = figure
        start = interval.period.lowerBound
        end = interval.period.upperBound
        count = 1
        isSaid = false
        return finding
    }

    /// Judges the run as far as it has come, at the end of a night or of the run.
    mutating func night(usual: Double?) -> NightFinding? {
        guard let usual, !isSaid, count >= Self.leastCount, isTooLong else { return nil }
        isSaid = true
        return NightFinding(
            kind: isZero ? .dead : .stuck, period: start..<end, observed: figure, usual: usual, score: Self.score)
    }

    private var isTooLong: Bool {
        isZero
            ? seconds >= Self.leastZeros && (zeroShare < Self.rareZeros || seconds >= longest.zero * Self.ratio)
            : seconds > longest.other * Self.ratio
    }

    private mutating func finish(usual: Double?) -> NightFinding? {
        let finding = night(usual: usual)
        if !figure.isNaN {
            zeroShare += ((isZero ? 1 : 0) - zeroShare) * min(1, seconds / Self.memory)
        }
        if !isSaid, !figure.isNaN {
            if isZero { longest.zero = max(longest.zero, seconds) } else { longest.other = max(longest.other, seconds) }
        }
        figure = .nan
        count = 0
        return finding
    }
}
