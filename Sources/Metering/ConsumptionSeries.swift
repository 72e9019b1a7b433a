/// Consumption on the even grid of a household's local days, in order and without holes between the first and the last.
package struct ConsumptionSeries: Sendable {
    package let days: [DayConsumption]

    /// - Parameter days: in order of time.
    package init(_ days: [DayConsumption]) {
        self.days = days
    }

    /// The day given, if the series has it.
    package subscript(day: LocalDate) -> DayConsumption? {
        guard let first = days.first?.day else { return nil }
        let index = first.days(until: day)
        return days.indices.contains(index) && days[index].day == day
            ? days[index] : days.first { $0.day == day }
    }

    /// The days from `first` up to `end`, which is left out.
    package func days(from first: LocalDate, to end: LocalDate) -> ArraySlice<DayConsumption> {
        let start = days.firstIndex { $0.day >= first } ?? days.endIndex
        let stop = days[start...].firstIndex { $0.day >= end } ?? days.endIndex
        return days[start..<stop]
    }

    /// What was used from `first` up to `end`; nil where the series has no day of it.
    package func total(from first: LocalDate, to end: LocalDate) -> Consumption? {
        Consumption(joining: days(from: first, to: end).map(\.whole))
    }

    package func total(of month: LocalMonth) -> Consumption? {
        total(from: month.firstDay, to: month.adding(months: 1).firstDay)
    }
}

extension RegisterHistory {
    /// The consumption of each local day from `first` up to `end`, with its hours.
    ///
    /// - Parameters:
    ///   - corrections: those in force.
    ///   - profile: of the meter, known from before; nil to learn it from these readings.
    package func days(
        from first: LocalDate, to end: LocalDate, on clock: LocalClock, limits: RegisterLimits,
        corrections: [Correction] = [], profile: HourOfWeekProfile? = nil
    ) -> (days: [DayConsumption], events: [RegisterEvent]) {
        let profile =
            profile ?? RepairedRegister(self, limits: limits, on: clock, corrections: corrections).profile
        var roll = DayRoll(
            from: first, on: clock, limits: limits, corrections: corrections, spread: .fixed(profile))
        roll.append(contentsOf: readings)
        roll.finish(through: end.adding(days: -1))
        return (roll.takeDays().filter { $0.day < end }, roll.events)
    }
}
