package import Metering

extension Forecast {
    /// The sums of the period at the end of each of its days: seen before today, expected with its range from today on.
    ///
    /// - Parameter series: of the household's days; nothing of today or after it is used.
    package func evidence(of facts: BillJumpFacts, after series: ConsumptionSeries) -> FindingEvidence {
        var (sum, ahead) = (Energy.zero, soFar)
        var observed: [Double?] = []
        var sums: [(low: Double?, expected: Double?, high: Double?)] = []
        for offset in 0..<period.dayCount {
            let day = period.first.adding(days: offset)
            if day < today {
                if let seen = series[day]?.whole, seen.isKnown { sum += seen.energy }
                observed.append(sum.kilowattHours.toThreePlaces)
                sums.append((nil, nil, nil))
                continue
            }
            let place = today.days(until: day)
            ahead += days[place].expected
            observed.append(nil)
            sums.append(
                (
                    (soFar + days[place].low).kilowattHours.toThreePlaces, ahead.kilowattHours.toThreePlaces,
                    (soFar + days[place].high).kilowattHours.toThreePlaces
                ))
        }
        let over = period.first.days(until: today)
        return FindingEvidence(
            .days(from: period.first), observed: observed, low: sums.map(\.low), high: sums.map(\.high),
            other: sums.map(\.expected), marked: over..<period.dayCount, jump: facts)
    }
}
