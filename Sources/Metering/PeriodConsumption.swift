package import Foundation

/// The consumption of a period, beside what the raw readings in it have in common.
package struct PeriodConsumption: Hashable, Sendable {
    package let whole: Consumption
    /// The greatest less the least register shown in the period; nil without readings. Never billed.
    package let rawMaxMin: Energy?

    package init(whole: Consumption, rawMaxMin: Energy?) {
        self.whole = whole
        self.rawMaxMin = rawMaxMin
    }
}

extension RegisterHistory {
    /// What was used between each boundary and the next, by the register that `repaired` made of these readings.
    package func periods(between boundaries: [Date], by repaired: RepairedRegister) -> [PeriodConsumption] {
        var tallies = ReadingTally.Walk(readings)
        return repaired.consumption(between: boundaries).map { whole in
            PeriodConsumption(whole: whole, rawMaxMin: tallies.tally(over: whole.period).rawMaxMin)
        }
    }
}
