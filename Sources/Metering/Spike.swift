/// A step up that was too small to be doubted, and then went back.
enum Spike {
    /// A spike begins after one of so many points.
    private static let mostReadings = 4
    /// It rises so many times faster than the register did around it.
    private static let steepness = 4.0

    /// The index of the last point before the spike that `back` ends; nil when the register has not spiked.
    ///
    /// - Parameters:
    ///   - tail: the last points of the register that counts now.
    ///   - register: what it showed at the last of them.
    static func start(
        in tail: ArraySlice<RepairedPoint>, register: Int64, back: Sample, _ bounds: RegisterBounds, last: Sample
    ) -> Int? {
        guard let end = tail.last else { return nil }
        func sample(_ index: Int) -> Sample {
            Sample(at: tail[index].microseconds, register: register - (end.milliwattHours - tail[index].milliwattHours))
        }
        let candidates = tail.indices.dropLast().suffix(mostReadings)
        guard let start = candidates.last(where: { bounds.canCountOn(from: sample($0), to: back) }) else { return nil }
        if let restarted = back.hasRestarted(since: last) { return restarted ? nil : start }
        let rise = sample(start + 1).register - sample(start).register
        let fall = register - back.register
        guard fall >= rise / 2, rise > 4 * bounds.resolution else { return nil }
        let around = max(rate(from: sample(tail.startIndex), to: sample(start)), rate(from: sample(start), to: back))
        return rate(from: sample(start), to: sample(start + 1)) > steepness * around ? start : nil
    }

    private static func rate(from earlier: Sample, to later: Sample) -> Double {
        Double(later.register - earlier.register) / Double(max(1, later.at - earlier.at))
    }
}
