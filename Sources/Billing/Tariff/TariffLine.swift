/// One line of a bill, as the order defines it.
package struct TariffLine: Hashable, Sendable {
    package enum Rule: Hashable, Sendable {
        case energy(EnergyCharge)
        case fixed(FixedCharge)
        case perKilowattHour(UnitCharge)
        case percent(PercentCharge)
        case minimum(MinimumCharge)
        case demand(DemandCharge)
        case export(ExportRule)
    }

    package let id: String
    package let label: String
    /// All must hold, or the bill has no such line.
    package let conditions: [Condition]
    /// Where all of one list hold, the bill has no such line.
    package let exceptions: [[Condition]]
    /// Whether the line is taken off the bill.
    package let isCredit: Bool
    /// Whether the line is only a step of the reckoning, not billed itself.
    package let isMemo: Bool
    /// The line's own rounding.
    package let rounding: Rounding?
    package let rule: Rule
}

extension TariffLine {
    /// Every table of rates and limits of the line.
    var tables: [RateTable] {
        switch rule {
        case .energy(let charge):
            charge.classes.flatMap { [$0.upTo?.amount].compactMap(\.self) + $0.slabs.flatMap(\.tables) }
        case .fixed(let charge): charge.rate.tables
        case .perKilowattHour(let charge): charge.rate.tables + [charge.cap?.amount].compactMap(\.self)
        case .percent(let charge): charge.rate.tables + [charge.shareAbove?.amount].compactMap(\.self)
        case .minimum(let charge): [charge.amount]
        case .demand(let charge): [charge.rate]
        case .export(let rule): [rule.rate].compactMap(\.self)
        }
    }

    func rounded(_ rounding: Rounding?) -> TariffLine {
        TariffLine(
            id: id, label: label, conditions: conditions, exceptions: exceptions, isCredit: isCredit, isMemo: isMemo,
            rounding: rounding, rule: rule)
    }

    /// Whether the line goes by the season.
    var dependsOnSeason: Bool {
        tables.contains { $0.depends(on: .season) }
            || ([conditions] + exceptions).joined().contains { $0.subject == .season }
    }
}

extension Slab {
    var tables: [RateTable] {
        [rate] + [upTo?.amount].compactMap(\.self)
    }
}

extension RateChoice {
    var tables: [RateTable] {
        switch self {
        case .table(let table): [table]
        case .byTotal(let slabs, of: _), .byLoad(let slabs, input: _): slabs.flatMap(\.tables)
        case .series, .seriesByMonths: []
        }
    }
}
