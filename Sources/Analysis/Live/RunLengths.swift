import Foundation

/// How long power stays above fixed levels, and when it stays there for far longer than ever.
struct RunLengths: Codable, Sendable {
    private var runs = Self.levels.map { _ in Run() }
    private var openLevel = 0
    private(set) var openSince: Double?

    /// Watts.
    private static let levels: [Double] = [30, 60, 100, 200, 300, 500, 800, 1200, 1800, 2500]

    struct Finding {
        let excess: Excess
        /// When the run began.
        let since: Double
    }

    mutating func take(_ power: Double, _ moment: LiveMoment) -> Finding? {
        var found: Finding?
        for (level, watts) in Self.levels.enumerated() {
            if power > watts {
                guard let score = runs[level].extend(moment), openSince == nil || openLevel == level else { continue }
                found = Finding(
                    excess: Excess(score: score, observed: power, usual: watts), since: runs[level].since ?? moment.at)
                openSince = moment.at
                openLevel = level
            } else if runs[level].end(moment), openLevel == level {
                openSince = nil
            }
        }
        return found
    }
}

/// A stretch above one level, against the longest so far.
private struct Run: Sendable {
    private(set) var since: Double?
    private var last = 0.0
    private var longest = 0.0
    /// Seconds after which it is said next; nil before the first time.
    private var sayAfter: Double?
    /// Runs that were too long and are not learned yet.
    private var tooLong = 0
    /// It began while learning, so it is as long as it is.
    private var isLearned = false

    init() {}

    /// Seconds below a level that do not end a run.
    private static let bridge = 300.0
    private static let ratio = 1.5
    private static let margin = 1800.0
    private static let ordinaryRuns = 3

    /// - Returns: a score when the run has become too long, and again whenever it has doubled since.
    mutating func extend(_ moment: LiveMoment) -> Double? {
        if since == nil {
            since = moment.at
            isLearned = moment.isLearning
        }
        last = moment.at
        let lasting = moment.at - (since ?? moment.at)
        if isLearned { longest = max(longest, lasting) }
        guard lasting > sayAfter ?? (longest * Self.ratio + Self.margin) else { return nil }
        sayAfter = 2 * lasting
        return 1 + 2 * log(lasting / (longest + Self.margin))
    }

    /// - Returns: whether the run ended.
    mutating func end(_ moment: LiveMoment) -> Bool {
        guard let begun = since, moment.at - last > Self.bridge else { return false }
        if sayAfter != nil { tooLong += 1 }
        if sayAfter == nil || tooLong >= Self.ordinaryRuns {
            longest = max(longest, last - begun)
            tooLong = 0
        }
        since = nil
        sayAfter = nil
        return true
    }
}

extension Run: Codable {
    /// As plain numbers, few while nothing runs: there are ten of them in each device's state.
    func encode(to encoder: any Encoder) throws {
        var numbers = [longest, Double(tooLong)]
        if let since { numbers += [since, last, sayAfter ?? -1, isLearned ? 1 : 0] }
        var container = encoder.singleValueContainer()
        try container.encode(numbers)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let numbers = try container.decode([Double].self)
        guard numbers.count == 2 || numbers.count == 6 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a run has two or six numbers")
        }
        longest = numbers[0]
        tooLong = Int(numbers[1])
        guard numbers.count == 6 else { return }
        since = numbers[2]
        last = numbers[3]
        sayAfter = numbers[4] < 0 ? nil : numbers[4]
        isLearned = numbers[5] != 0
    }
}
