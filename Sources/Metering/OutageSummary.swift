/// The outages of some time in a few figures: "3 power cuts, 2 h 14 min; 41 min unknown; 0.8 % of energy estimated".
package struct OutageSummary: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package let cause: Outage.Cause
        package let count: Int
        package let seconds: Double

        package init(cause: Outage.Cause, count: Int, seconds: Double) {
            self.cause = cause
            self.count = count
            self.seconds = seconds
        }
    }

    /// One for each cause that there was.
    package let lines: [Line]
    /// The share of the energy that was spread over outages, 0 to 1.
    package let estimatedShare: Double

    /// - Parameter total: what was used over all the time.
    package init(_ outages: [Outage], ofTotal total: Energy) {
        lines = Outage.Cause.allCases.compactMap { cause in
            let found = outages.filter { $0.cause == cause }
            guard !found.isEmpty else { return nil }
            return Line(cause: cause, count: found.count, seconds: found.reduce(0) { $0 + $1.period.seconds })
        }
        let estimated = outages.lazy.map(\.energy).sum()
        estimatedShare = total > .zero ? min(1, estimated.kilowattHours / total.kilowattHours) : 0
    }
}
