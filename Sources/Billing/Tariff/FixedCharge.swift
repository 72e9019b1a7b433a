/// A charge that does not grow with each unit.
package struct FixedCharge: Hashable, Sendable {
    package enum Unit: String, Sendable, CaseIterable {
        /// As many times as the bill has months, a share of one included.
        case month
        /// As many times as the bill has months, taken to the nearest whole number, at least once.
        case wholeMonth = "whole_month"
        case bill
        case day
        /// For each kilowatt of the load and month.
        case kilowattMonth = "kw_month"
        /// For each kilovolt-ampere of the load and month.
        case kilovoltAmpereMonth = "kva_month"

        var isPerLoad: Bool { self == .kilowattMonth || self == .kilovoltAmpereMonth }
    }

    package let unit: Unit
    package let rate: RateChoice
    /// Which load a charge for each kilowatt is for; nil for others.
    package let load: BilledLoad?
    /// The calendar months whose bills have the charge; empty for all.
    package let months: [Int]
}
