/// Readings that do not fit the one before them, held until what follows decides.
struct Doubt: Sendable {
    private var readings: [Sample] = []
    /// Readings that are held at the most, however close they are.
    private static let mostHeld = 1024
    private static let lookAhead = Int64(RegisterRepair.lookAheadSeconds) * 1_000_000

    var isEmpty: Bool { readings.isEmpty }
    var count: Int { readings.count }

    /// Whether the look-ahead is over.
    var isOver: Bool {
        guard let first = readings.first, let last = readings.last else { return false }
        return readings.count >= Self.mostHeld
            || readings.count > RegisterRepair.lookAheadCount && last.at - first.at >= Self.lookAhead
    }

    mutating func hold(_ sample: Sample) {
        readings.append(sample)
    }

    mutating func release() -> [Sample] {
        defer { readings = [] }
        return readings
    }

    /// Whether `sample`, which fits `anchor`, goes on from there as if the held readings had not been.
    ///
    /// Where it could as well have counted on from the held ones, their device's own numbers decide; without such, whether
    /// they counted, and then which of both ways is nearer to the recent rate.
    func isDisowned(by sample: Sample, goingOnFrom anchor: Sample, _ bounds: RegisterBounds, rate: Double?) -> Bool {
        guard let first = readings.first, let latest = readings.last, bounds.canCountOn(from: latest, to: sample) else {
            return true
        }
        // A step up that is confirmed is another register, however much time the breaker had for it meanwhile.
        guard first.register < anchor.register else { return false }
        if let restarted = latest.hasRestarted(since: anchor) { return !restarted }
        if hasCounted { return false }
        let over = Self.rate(from: anchor, to: sample)
        let out = Self.rate(from: latest, to: sample)
        let usual = rate ?? 0
        return abs(over - usual) <= abs(out - usual)
    }

    /// Whether the held readings count on by themselves.
    private var hasCounted: Bool {
        guard let first = readings.first, let latest = readings.last, latest.register > first.register else {
            return false
        }
        return zip(readings, readings.dropFirst()).allSatisfy { $0.register <= $1.register }
    }

    private static func rate(from earlier: Sample, to later: Sample) -> Double {
        Double(later.register - earlier.register) / Double(max(1, later.at - earlier.at))
    }

    /// The first of some readings from which most of the others can have counted on.
    static func confirmedLevel(of readings: [Sample], _ bounds: RegisterBounds) -> Int? {
        readings.indices.dropLast().first { index in
            let others = readings[(index + 1)...]
            let supporters = others.count { bounds.canCountOn(from: readings[index], to: $0) }
            return supporters * 2 >= others.count
        }
    }
}
