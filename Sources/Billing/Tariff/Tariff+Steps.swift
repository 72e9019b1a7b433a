package import Metering

extension Tariff {
    /// The totals at which a price of energy changes, on a day and for a bill of so many months, in rising order.
    ///
    /// Limits that depend on what is not known here (the season, an input, the days) are left out.
    package func steps(on day: LocalDate, months: Int = 1) -> [Energy] {
        let lines = version(on: day)?.lines ?? []
        let limits = lines.filter { !$0.isCredit && !$0.isMemo }.flatMap { line -> [Energy] in
            guard case .energy(let charge) = line.rule else { return [] }
            return charge.classes.flatMap { $0.slabs.compactMap(\.upTo).compactMap(\.monthlyEnergy) }
        }
        let scale = billing.length == .bill ? 1 : Int64(months)
        return Set(limits).sorted().map { Energy(milliwattHours: $0.milliwattHours * scale) }
    }
}

extension Limit {
    /// Nil where the limit is not one number for a month.
    fileprivate var monthlyEnergy: Energy? {
        guard unit == .month, case .rate(let rate) = amount else { return nil }
        return Energy(milliwattHours: rate.billionths / 1000)
    }
}
