package import Foundation

extension Date {
    /// Whole microseconds since 1970, the precision of the database; the nearest one.
    package var microseconds: Int64 {
        Int64((timeIntervalSince1970 * 1_000_000).rounded())
    }

    package init(microseconds: Int64) {
        self.init(timeIntervalSince1970: Double(microseconds) / 1_000_000)
    }
}

extension Range<Date> {
    /// Seconds from the start to the end.
    package var seconds: Double {
        upperBound.timeIntervalSince(lowerBound)
    }

    /// Seconds that this period shares with `other`; zero where they do not meet.
    package func secondsShared(with other: Range<Date>) -> Double {
        let shared = Swift.min(upperBound, other.upperBound)
            .timeIntervalSince(Swift.max(lowerBound, other.lowerBound))
        return Swift.max(0, shared)
    }
}
