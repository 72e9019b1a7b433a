import ArgumentParser
import Billing
import Foundation
import Metering

/// What a table of readings says about one billing period.
struct ReadingsConsumption {
    let path: String
    let tariff: Tariff
    let from: LocalDate
    let to: LocalDate
    /// Nil where the file has one main meter only.
    let meter: String?

    /// The hours of the meter, and what a reader of the bill must know about them.
    func consumption() throws -> (consumption: MeteredConsumption, notes: [String]) {
        guard let zone = TimeZone(identifier: tariff.zone) else {
            throw BillingError(.badTariff, "tariff \(tariff.id) lies in the unknown time zone '\(tariff.zone)'")
        }
        let clock = LocalClock(zone: zone)
        let history = try RegisterFile(path: path, zone: zone, meter: meter).read()
        let limits = RegisterLimits(cadence: history.cadence ?? 60)
        let days = history.days(from: from, to: to, on: clock, limits: limits).days
        guard let whole = Consumption(joining: days.map(\.whole)), whole.isKnown else {
            throw ValidationError("--readings: \(path) has no readings between \(from) and \(to)")
        }
        let seen = whole.coverage
        let note = "The readings cover \(seen.observedSeconds) of the period's \(seen.totalSeconds) seconds."
        return (MeteredConsumption(hours: days.hoursByTheClock(clock)), seen.isComplete ? [] : [note])
    }
}
