package import Foundation
package import Metering

/// What a finding stands on, as it was known when it was found: what was seen around it, and what was usual then.
///
/// Kept with the finding, so that its picture never changes. Values are watts, volts or kilowatt-hours, as the finding's kind
/// has it; nil where nothing was read, which is not zero.
package struct FindingEvidence: Hashable, Codable, Sendable {
    /// Where in time the values lie.
    package enum Grid: Hashable, Codable, Sendable {
        /// Steps of so many seconds from an instant on.
        case steps(from: Date, seconds: Int)
        case days(from: LocalDate)
    }

    package let grid: Grid
    package let observed: [Double?]
    /// What was usual: nine of ten earlier values lay above `low`, nine of ten below `high`. Equal for a single usual figure.
    package let low: [Double?]
    package let high: [Double?]
    /// What a second voice says of the same time: what the register counted, or the sum that is expected; empty without one.
    package let other: [Double?]
    /// The values that are the finding itself.
    package let marked: Range<Int>
    /// What a bill's jump is about; nil for findings of other kinds.
    package let jump: BillJumpFacts?

    package init(
        _ grid: Grid, observed: [Double?], low: [Double?], high: [Double?], other: [Double?] = [], marked: Range<Int>,
        jump: BillJumpFacts? = nil
    ) {
        precondition(
            low.count == observed.count && high.count == observed.count && [0, observed.count].contains(other.count)
                && marked.upperBound <= observed.count, "each value has its usual")
        self.grid = grid
        self.observed = observed
        self.low = low
        self.high = high
        self.other = other
        self.marked = marked
        self.jump = jump
    }
}

extension FindingEvidence {
    /// The days of one figure each, with one usual figure for all.
    init(days: [(day: LocalDate, value: Double)], usual: Double, marking marked: Range<LocalDate>) {
        let end = marked.upperBound
        let first = days.first?.day ?? marked.lowerBound
        var values = Array(repeating: Double?.none, count: first.days(until: end))
        for entry in days where entry.day < end { values[first.days(until: entry.day)] = entry.value.toThreePlaces }
        let level = Array(repeating: Double?.some(usual.toThreePlaces), count: values.count)
        self.init(
            .days(from: first), observed: values, low: level, high: level,
            marked: max(0, first.days(until: marked.lowerBound))..<values.count)
    }
}

extension Double {
    /// As exact as a picture can be: long fractions would only fill the database.
    var toThreePlaces: Double { (self * 1000).rounded() / 1000 }
}
