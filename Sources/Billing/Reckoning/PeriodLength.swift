import Metering

extension BillingRules {
    /// The length in months by which limits and monthly charges are taken.
    ///
    /// - Parameter round: months of an ordinary round; nil to take them from the days.
    func length(of period: BillingPeriod, round: Int?) -> Fraction {
        switch length {
        case .bill: .one
        case .nominal, .days: round.map { Fraction(Int64($0)) } ?? nominal(of: period, tolerance: tolerance ?? 25...35)
        case .daysOver30: wholeMonths(in: period.dayCount, tolerance) ?? rounded(days(period.dayCount))
        case .calendarFractions: wholeMonths(in: period.dayCount, tolerance) ?? calendarFractions(of: period)
        }
    }

    /// Whole months where the days are near enough, else a share of 30 days: a first, partial month (KSEB).
    private func nominal(of period: BillingPeriod, tolerance: ClosedRange<Int>) -> Fraction {
        wholeMonths(in: period.dayCount, tolerance) ?? rounded(days(period.dayCount))
    }

    private func wholeMonths(in days: Int, _ tolerance: ClosedRange<Int>?) -> Fraction? {
        guard let tolerance else { return nil }
        let months = max(1, Fraction(Int64(days) * 12 * 400, over: 146_097).nearestWhole)
        let fits = (Int64(tolerance.lowerBound) * months...Int64(tolerance.upperBound) * months).contains(Int64(days))
        return fits ? Fraction(months) : nil
    }

    private func days(_ count: Int) -> Fraction {
        Fraction(Int64(count), over: 30)
    }

    private func rounded(_ months: Fraction) -> Fraction {
        factorPlaces.map(months.rounded(places:)) ?? months
    }

    /// Each month's days over all its days, rounded by itself, then added (BSES bill of 27.07.2022).
    private func calendarFractions(of period: BillingPeriod) -> Fraction {
        var sum = Fraction.zero
        var first = period.first
        while first < period.end {
            let end = min(period.end, first.inMonth.adding(months: 1).firstDay)
            let share = Fraction(Int64(first.days(until: end)), over: Int64(first.inMonth.dayCount))
            sum = sum + (factorPlaces.map(share.rounded(places:)) ?? share)
            first = end
        }
        return sum
    }
}
