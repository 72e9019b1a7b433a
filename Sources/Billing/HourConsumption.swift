package import Metering

/// The energy of one stretch of an hour or less, placed by the clock on the wall.
package struct HourConsumption: Hashable, Sendable {
    package let day: LocalDate
    /// Minutes since midnight by the wall's clock at which the stretch begins.
    package let minute: Int
    package let energy: Energy

    package init(day: LocalDate, minute: Int, energy: Energy) {
        self.day = day
        self.minute = minute
        self.energy = energy
    }
}

extension Sequence<DayConsumption> {
    /// The hours of the days as a tariff with times of use asks for them: by the wall's clock.
    package func hoursByTheClock(_ clock: LocalClock) -> [HourConsumption] {
        flatMap { day in
            day.hours.map { hour in
                HourConsumption(day: day.day, minute: clock.minute(at: hour.period.lowerBound), energy: hour.energy)
            }
        }
    }
}
