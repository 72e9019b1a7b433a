import Analysis
import Foundation
import Metering
import Store

/// What the nights of a meter found, from its hours, its register's events and the voltage of the last days.
struct NightReview: Sendable {
    private let household: Household
    private let meter: Meter
    private let asOf: Date

    /// Days whose voltage is looked at again: readings are many, and older findings of it are kept.
    private static let voltageDays = 3

    init(_ household: Household, _ meter: Meter, asOf: Date) {
        self.household = household
        self.meter = meter
        self.asOf = asOf
    }

    /// Reviews all days of `series` before `today`, and stores what was found.
    func run(over series: ConsumptionSeries, before today: LocalDate, in stores: Stores) async throws {
        guard let first = series.days.first?.day, first < today else { return }
        let clock = household.clock
        let watched = max(first, today.adding(days: -Self.voltageDays))
        let events = try await stores.consumption.events(of: meter, in: clock.period(from: first, to: today))
        let voltages = try await stores.readings.voltages(of: meter, in: clock.period(from: watched, to: today))
        var watch = NightWatch(clock, feedback: try await stores.findings.feedback(of: meter, at: asOf))
        var stalls = events.compactMap(NightFinding.init)[...]
        var found: [(night: LocalDate, finding: NightFinding)] = []
        for day in series.days(from: first, to: today) {
            for hour in day.hours {
                guard let interval = WatchedInterval(hour, voltage: Self.mean(voltages, over: hour.period)) else {
                    continue
                }
                found += watch.take(interval).map { (day.day, $0) }
            }
            let end = clock.period(of: day.day).upperBound
            while let stall = stalls.first, stall.period.upperBound <= end {
                watch.take(stall)
                stalls = stalls.dropFirst()
            }
            found += watch.closeDay().map { (day.day, $0) }
        }
        try await stores.findings.save(found, of: meter, from: first, to: today, voltageFrom: watched)
    }

    private static func mean(_ voltages: [Date: Double], over hour: Range<Date>) -> Double? {
        let halves = [hour.lowerBound, hour.lowerBound + 1800].compactMap { voltages[$0] }
        return halves.isEmpty ? nil : halves.reduce(0, +) / Double(halves.count)
    }
}
