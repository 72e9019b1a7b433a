/// Past consumption under other tariffs, or used otherwise, ranked by money.
package struct Repricing: Hashable, Sendable {
    /// What was used in one billing period.
    package struct PastPeriod: Hashable, Sendable {
        package let consumption: MeteredConsumption
        package let terms: BillTerms

        package init(consumption: MeteredConsumption, terms: BillTerms) {
            self.consumption = consumption
            self.terms = terms
        }
    }

    /// One way it might have been.
    package struct Scenario: Hashable, Sendable {
        package let name: String
        package let tariff: Tariff
        package let change: ConsumptionChange
        /// What this tariff asks; nil for what the household told before.
        package let account: Account?

        package init(_ name: String, tariff: Tariff, change: ConsumptionChange = .none, account: Account? = nil) {
            self.name = name
            self.tariff = tariff
            self.change = change
            self.account = account
        }
    }

    package struct Outcome: Hashable, Sendable {
        package let name: String
        /// One for each period, in their order.
        package let bills: [Bill]
        package let total: Money
        /// Less than nothing where it would have been cheaper.
        package let difference: Money
    }

    /// The cheapest first; of equal ones the first told.
    package let outcomes: [Outcome]
    /// Scenarios that cannot be billed, each with the reason.
    package let refused: [String: String]

    /// - Parameter actual: what the differences are against; it stands in the ranking too.
    /// - Throws: ``BillingError`` when the actual bills cannot be made.
    package init(_ periods: [PastPeriod], actual: Scenario, against scenarios: [Scenario]) throws {
        let paid = try Self.bills(periods, actual)
        let sum = Self.total(paid)
        var outcomes = [Outcome(name: actual.name, bills: paid, total: sum, difference: .zero)]
        var refused: [String: String] = [:]
        for scenario in scenarios {
            do {
                guard scenario.tariff.currency == actual.tariff.currency else {
                    throw BillingError(.outOfRange, "it bills in \(scenario.tariff.currency.code)")
                }
                let bills = try Self.bills(periods, scenario)
                let total = Self.total(bills)
                outcomes.append(Outcome(name: scenario.name, bills: bills, total: total, difference: total - sum))
            } catch let error as BillingError {
                refused[scenario.name] = error.message
            }
        }
        self.outcomes = outcomes.enumerated().sorted { ($0.element.total, $0.offset) < ($1.element.total, $1.offset) }
            .map(\.element)
        self.refused = refused
    }

    private static func bills(_ periods: [PastPeriod], _ scenario: Scenario) throws -> [Bill] {
        try periods.map { period in
            let terms = BillTerms(
                period.terms.period, billDate: period.terms.billDate, months: period.terms.months,
                length: period.terms.length, account: scenario.account ?? period.terms.account)
            let consumption = period.consumption.told(for: scenario.tariff)
            return try scenario.tariff.bill(
                for: scenario.change.applied(to: consumption, in: scenario.tariff), terms)
        }
    }

    private static func total(_ bills: [Bill]) -> Money {
        bills.map(\.total).reduce(.zero, +)
    }
}

extension MeteredConsumption {
    /// Without times of use that another tariff does not know: its own come from the hours, where these are known.
    fileprivate func told(for tariff: Tariff) -> MeteredConsumption {
        let names = tariff.timeOfUse?.names ?? []
        guard !byPeriod.keys.allSatisfy(names.contains) else { return self }
        guard names.isEmpty || !hours.isEmpty else { return self }
        var told = self
        told.byPeriod = [:]
        told.exportByPeriod = [:]
        return told
    }
}
