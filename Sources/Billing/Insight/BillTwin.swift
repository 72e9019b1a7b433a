package import Metering

/// The utility's bill beside ours: what differs line by line, and what would explain it.
package struct BillTwin: Hashable, Sendable {
    package struct Difference: Hashable, Sendable {
        package let label: String
        /// Nil where our bill has no such line.
        package let ours: Amount?
        /// Nil where it was not entered.
        package let theirs: Amount?
    }

    package enum Cause: Hashable, Sendable {
        /// Their meter counted so many per cent more than ours, or fewer.
        case gain(percent: Double)
        /// Their readings were taken so many days later than ours, or earlier, at the beginning and the end.
        case readingDates(start: Int, end: Int)
        /// They billed by the version that begins on this day.
        case version(from: LocalDate)
        /// They dated the bill so, which chooses surcharges and shares of versions.
        case billDate(LocalDate)
        /// They took the household for another kind.
        case input(String, String)
        /// They billed so many months.
        case months(Int)
        /// They left a line out.
        case missedLine(String)
    }

    /// Lines that were entered and differ.
    package let differences: [Difference]
    /// Theirs less ours.
    package let difference: Money
    /// Likely causes, the likeliest first; empty when the totals agree or nothing explains them.
    package let causes: [Cause]
    /// Whether the causes lead to their total to the last minor unit.
    package let isExplained: Bool

    /// - Parameter days: our consumption day by day, around the period too, to tell reading dates from a meter's gain.
    package init(_ theirs: UtilityBill, ours: BilledCase, days: [LocalDate: Energy] = [:]) throws {
        difference = theirs.total - ours.bill.total
        differences = Self.differences(theirs, ours.bill)
        guard difference != .zero else {
            (causes, isExplained) = ([], true)
            return
        }
        let search = TwinSearch(theirs: theirs, ours: ours, days: days)
        let ofUnits = search.causeOfUnits
        let ofMoney = try search.causesOfMoney()
        causes = [ofUnits].compactMap(\.self) + ofMoney.causes
        isExplained = ofMoney.isExplained
    }

    private static func differences(_ theirs: UtilityBill, _ ours: Bill) -> [Difference] {
        let known = ours.charges.map { charge in
            Difference(
                label: charge.label, ours: charge.amount, theirs: theirs.lines[charge.id] ?? theirs.lines[charge.label])
        }
        let names = Set(ours.charges.flatMap { [$0.id, $0.label] })
        let others = theirs.lines.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
        return known.filter { $0.theirs != nil && $0.theirs != $0.ours }
            + others.map { Difference(label: $0.key, ours: nil, theirs: $0.value) }
    }
}
