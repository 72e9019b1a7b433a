import Foundation

extension RepairedRegister {
    /// What was used over a period, without going through all points.
    func energy(over period: Range<Date>) -> Energy {
        Energy(
            milliwattHours: level(at: period.upperBound.microseconds) - level(at: period.lowerBound.microseconds))
    }

    /// What was used over a period; nil unless all of it was watched.
    func measuredEnergy(over period: Range<Date>) -> Energy? {
        let first = firstPoint(after: period.lowerBound.microseconds)
        guard first > 0 else { return nil }
        let end = period.upperBound.microseconds
        let last = points[first...].firstIndex { $0.microseconds >= end }
        guard let last, points[first...last].allSatisfy(\.isObserved) else { return nil }
        return energy(over: period)
    }

    /// Found by halving.
    private func firstPoint(after instant: Int64) -> Int {
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].microseconds <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// `C(instant)`.
    private func level(at instant: Int64) -> Int64 {
        let next = firstPoint(after: instant)
        guard next > 0 else { return points.first?.milliwattHours ?? 0 }
        guard next < points.count else { return points[next - 1].milliwattHours }
        return IntervalWalk.level(at: instant, between: points[next - 1], and: points[next], gapProfile)
    }
}
