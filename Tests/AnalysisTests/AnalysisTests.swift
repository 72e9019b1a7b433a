import Analysis
import Foundation
import Metering
import TestSupport
import Testing

/// Whole days from kilowatt-hours, in UTC; nil for a day that nobody saw.
func series(from first: LocalDate, _ kilowattHours: [Double?]) -> ConsumptionSeries {
    let clock = LocalClock(zone: .gmt)
    return ConsumptionSeries(
        kilowattHours.enumerated().map { index, used in
            let day = first.adding(days: index)
            let period = clock.period(of: day)
            let energy = Energy(milliwattHours: Int64((used ?? 0) * 1e6))
            let whole = Consumption(
                over: period, energy: energy, observed: used == nil ? 0 : 86_400, quality: .measured)
            return DayConsumption(
                day: day, hours: [whole], rawMaxMin: nil, readingCount: used == nil ? 0 : 24, peakPower: nil
            )
        })
}
