package import Foundation

/// The repaired cumulative register `C(t)` of a meter: it never falls and is linear between readings.
///
/// The consumption of any period is `C(end) - C(start)`, so parts add up to the whole by construction.
package struct RepairedRegister: Sendable {
    struct Point: Sendable {
        let at: Date
        let cumulative: Energy
        /// Of the interval that ends here.
        let quality: Quality
        /// Whether the interval that ends here was watched; a gap was not.
        let isObserved: Bool
    }

    private let points: [Point]
    package let events: [RegisterEvent]

    package init(_ history: RegisterHistory, limits: RegisterLimits = RegisterLimits()) {
        let repair = Repair(history, limits: limits)
        points = repair.points
        events = repair.events
    }

    /// From the first reading to the last; nil without readings.
    package var span: Range<Date>? {
        guard let first = points.first, let last = points.last else { return nil }
        return first.at..<last.at
    }

    /// What was used between each boundary and the next, in one pass.
    ///
    /// - Parameter boundaries: rising instants. Before the first reading and after the last nothing is known: the energy
    ///   there is zero and the time unobserved.
    package func consumption(between boundaries: [Date]) -> [Consumption] {
        var walk = Walk(points)
        return zip(boundaries, boundaries.dropFirst()).map { walk.consumption(over: $0..<$1) }
    }
}

extension RepairedRegister {
    /// Goes once through the points while periods are asked for in order.
    private struct Walk {
        private let points: [Point]
        /// The first point after the start of the next period asked for.
        private var next = 0

        init(_ points: [Point]) {
            self.points = points
        }

        mutating func consumption(over period: Range<Date>) -> Consumption {
            skipPoints(upTo: period.lowerBound)
            let start = level(at: period.lowerBound)
            var seconds = 0.0
            var quality: Quality = []
            while next < points.count {
                tally(period, &seconds, &quality)
                guard points[next].at <= period.upperBound else { break }
                next += 1
            }
            let end = level(at: period.upperBound)
            return Consumption(over: period, energy: end - start, observed: seconds, quality: quality)
        }

        private mutating func skipPoints(upTo start: Date) {
            while next < points.count, points[next].at <= start { next += 1 }
        }

        /// Adds the interval that ends at the next point.
        private func tally(_ period: Range<Date>, _ seconds: inout Double, _ quality: inout Quality) {
            guard next > 0 else { return }
            let shared = period.secondsShared(with: points[next - 1].at..<points[next].at)
            guard shared > 0 else { return }
            if points[next].isObserved { seconds += shared }
            quality.formUnion(points[next].quality)
        }

        /// `C(instant)`; `next` must be the first point after it, or the last one passed.
        private func level(at instant: Date) -> Energy {
            guard next > 0 else { return points.first?.cumulative ?? .zero }
            guard next < points.count else { return points[next - 1].cumulative }
            return RepairedRegister.level(at: instant, between: points[next - 1], and: points[next])
        }
    }

    /// Linear between two points, in whole milliwatt-hours rounded down: a function of the instant alone, whatever periods
    /// are asked for, so that neighbouring periods share their boundary exactly.
    private static func level(at instant: Date, between earlier: Point, and later: Point) -> Energy {
        let start = earlier.at.microseconds
        let elapsed = Int128(instant.microseconds - start)
        let length = Int128(later.at.microseconds - start)
        let energy = Int128((later.cumulative - earlier.cumulative).milliwattHours)
        return earlier.cumulative + Energy(milliwattHours: Int64(energy * elapsed / length))
    }
}
