package import Metering

/// What the utility's paper says about a period that we have a bill of our own for.
package struct UtilityBill: Hashable, Sendable {
    package let units: Energy?
    /// Amounts by the ids or labels of the lines, as far as they were entered.
    package let lines: [String: Amount]
    package let total: Money

    /// - Parameters:
    ///   - start: the register as printed, at the beginning of the period.
    ///   - end: at its end; the units are the difference when both are told.
    package init(
        start: Energy? = nil, end: Energy? = nil, units: Energy? = nil, lines: [String: Amount] = [:], total: Money
    ) {
        let difference = start.flatMap { start in end.map { $0 - start } }
        self.units = units ?? difference
        self.lines = lines
        self.total = total
    }
}
