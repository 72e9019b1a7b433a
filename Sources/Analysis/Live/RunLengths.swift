/// How long power stays above fixed levels, and when it stays there for far longer than ever.
struct RunLengths: Codable, Sendable {
    private var runs = Self.levels.map { _ in Run() }
    private(set) var openSince: Double?
    private var openLevel = 0

    fileprivate struct Run: Codable, Sendable {
        var since: Double?
        var last = 0.0
        var longest = 0.0
        var alarmed = false
        /// Began while learning: it is as long as it is.
        var isLearned = false
        var days = 0
        var day = 0
    }

    static let levels: [Double] = [30, 60, 100, 200, 300, 500, 800, 1200, 1800, 2500]
    /// Seconds below a level that do not end a run.
    fileprivate static let bridge = 300.0
    fileprivate static let ratio = 1.4
    fileprivate static let margin = 600.0
    fileprivate static let ordinaryDays = 3

    mutating func take(_ power: Double, at instant: Double, day: Int, isLearning: Bool) -> Excess? {
        var found: Excess?
        for level in Self.levels.indices {
            if power > Self.levels[level] {
                if let excess = runs[level].extend(at: instant, day: day, isLearning: isLearning), openSince == nil {
                    found = Excess(score: excess, observed: power, usual: Self.levels[level])
                    openSince = instant
                    openLevel = level
                }
            } else if runs[level].end(at: instant), openLevel == level {
                openSince = nil
            }
        }
        return found
    }
}

extension RunLengths.Run {
    mutating func extend(at instant: Double, day: Int, isLearning: Bool) -> Double? {
        if since == nil {
            since = instant
            isLearned = isLearning
        }
        last = instant
        let lasting = instant - (since ?? instant)
        if isLearned { longest = max(longest, lasting) }
        guard !alarmed, lasting > longest * RunLengths.ratio + RunLengths.margin else { return nil }
        alarmed = true
        return lasting / max(longest, 1800) - 1
    }

    mutating func end(at instant: Double) -> Bool {
        guard let since, instant - last > RunLengths.bridge else { return false }
        if alarmed {
            days += 1
            if days >= RunLengths.ordinaryDays { longest = max(longest, last - since); days = 0 }
        } else {
            longest = max(longest, last - since)
        }
        self.since = nil
        alarmed = false
        return true
    }
}
