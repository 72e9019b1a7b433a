import Foundation

/// A stretch above one level, against the longest ones so far.
///
/// How surprising its length is follows from how many runs there were and how much the longest differ: lengths beyond a high one
/// are taken to fall off as a power of it, whose exponent is known no better than from these few (B. M. Hill, "A simple general
/// approach to inference about the tail of a distribution", Annals of Statistics 3, 1975, with a gamma prior).
struct LevelRun: Sendable {
    private(set) var since: Double?
    private var last = 0.0
    /// Seconds, the longest first.
    private var longest: [Double] = []
    /// Seconds after which it is said next; nil before the first time.
    private var sayAfter: Double?
    /// Runs that were too long and are not learned yet.
    private var tooLong = 0
    /// It began while learning, so it is learned however long it is.
    private var isLearned = false

    init() {}

    /// Seconds below a level that do not end a run.
    private static let bridge = 300.0
    private static let kept = 5
    private static let ratio = 1.3
    private static let margin = 1800.0
    private static let ordinaryRuns = 3
    /// What is taken to be known before any run was seen: as if one had been longer than a high one by half.
    private static let priorSpread = 0.4
    private static let priorRuns = 1.0

    /// - Parameter rarity: so many runs a day as long as this may be expected at most.
    /// - Returns: a score when the run has become too long, and again whenever it has doubled since.
    mutating func extend(_ moment: LiveMoment, rarity: Double) -> Double? {
        if since == nil {
            since = moment.at
            isLearned = moment.isLearning
        }
        last = moment.at
        let lasting = moment.at - (since ?? moment.at)
        guard lasting > sayAfter ?? ((longest.first ?? 0) * Self.ratio + Self.margin) else { return nil }
        let expected = expected(lasting, days: Double(moment.day))
        guard expected < rarity else { return nil }
        sayAfter = 2 * lasting
        return isLearned ? nil : 1 + log(rarity / expected)
    }

    /// How many runs a day are to be expected that last at least so long.
    private func expected(_ lasting: Double, days: Double) -> Double {
        let high = max(Self.margin, longest.last ?? 0)
        let spread = longest.reduce(Self.priorSpread) { $0 + max(0, log($1 / high)) }
        let count = Double(longest.count)
        return max(1, count) / days * pow(1 + log(lasting / high) / spread, -(count + Self.priorRuns))
    }

    /// - Returns: whether the run ended.
    mutating func end(_ moment: LiveMoment) -> Bool {
        guard let begun = since, moment.at - last > Self.bridge else { return false }
        if sayAfter != nil { tooLong += 1 }
        if sayAfter == nil || tooLong >= Self.ordinaryRuns || isLearned { learn(last - begun) }
        since = nil
        sayAfter = nil
        return true
    }

    private mutating func learn(_ lasting: Double) {
        if sayAfter != nil { tooLong = 0 }
        let place = longest.firstIndex { $0 < lasting } ?? longest.count
        longest.insert(lasting.rounded(), at: place)
        if longest.count > Self.kept { longest.removeLast() }
    }
}

extension LevelRun: Codable {
    /// As plain numbers, few while nothing runs: there are ten of them in each device's state.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(longest.count)
        for lasting in longest { try container.encode(Int(lasting)) }
        guard since != nil || tooLong > 0 else { return }
        try container.encode(tooLong)
        guard let since else { return }
        try container.encode(since)
        try container.encode(last)
        try container.encode(sayAfter ?? 0)
        try container.encode(isLearned)
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        for _ in 0..<max(0, try container.decode(Int.self)) { longest.append(Double(try container.decode(Int.self))) }
        guard !container.isAtEnd else { return }
        tooLong = try container.decode(Int.self)
        guard !container.isAtEnd else { return }
        since = try container.decode(Double.self)
        last = try container.decode(Double.self)
        let after = try container.decode(Double.self)
        sayAfter = after > 0 ? after : nil
        isLearned = try container.decode(Bool.self)
    }
}
