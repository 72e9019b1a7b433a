/// How a meter's use is spread over the hours of the week, as whole weights: by it the energy of a gap is spread.
package struct HourOfWeekProfile: Hashable, Sendable {
    /// A weight for each of the week's 168 hours, from Monday 00:00 on; at least 1.
    package let weights: [Int64]
    /// The weights of all hours before each one, and of the week.
    private let before: [Int128]

    static let hours = 168
    static let hour: Int64 = 3_600_000_000

    /// The same in every hour.
    package static let even = HourOfWeekProfile(weights: Array(repeating: 1, count: hours))

    /// - Parameter weights: 168 of them; one below 1 counts as 1, so that no part of a gap is left without a share.
    package init(weights: [Int64]) {
        precondition(weights.count == Self.hours, "a week has 168 hours")
        let weights = weights.map { max(1, $0) }
        self.weights = weights
        before = weights.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int128($1)) }
    }

    /// The part of `energy` that belongs to the time from `start` to `instant`, when it flowed from `start` to `end`.
    ///
    /// Rises with `instant` and depends on nothing else, so neighbouring periods share their boundary exactly.
    ///
    /// - Parameter offset: of local time from UTC, in seconds, at the gap's start; the gap keeps it to its end.
    func share(of energy: Int64, upTo instant: Int64, from start: Int64, to end: Int64, offset: Int) -> Int64 {
        let shift = Int64(offset) * 1_000_000
        let first = weight(before: start + shift)
        let whole = weight(before: end + shift) - first
        return Int64(Int128(energy) * (weight(before: instant + shift) - first) / whole)
    }

    /// Weight times microseconds since the Monday after 1970-01-01 began.
    private func weight(before instant: Int64) -> Int128 {
        let sinceMonday = instant - 4 * 24 * Self.hour
        let (hours, part) = Self.floored(sinceMonday, by: Self.hour)
        let (weeks, hour) = Self.floored(hours, by: Int64(Self.hours))
        let full = Int128(weeks) * before[Self.hours] + before[Int(hour)]
        return full * Int128(Self.hour) + Int128(weights[Int(hour)]) * Int128(part)
    }

    private static func floored(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The local hour of the week at an instant that was shifted to local time.
    static func hourOfWeek(_ instant: Int64) -> Int {
        Int(floored(floored(instant - 4 * 24 * hour, by: hour).quotient, by: Int64(hours)).remainder)
    }
}
