import ArgumentParser
import Billing
import Foundation
import Importing
import Metering

/// What a table of readings says about one billing period.
struct ReadingsConsumption {
    let path: String
    let tariff: Tariff
    let from: LocalDate
    let to: LocalDate

    /// The hours of the main meter, and what was not seen.
    func consumption() throws -> (consumption: MeteredConsumption, notes: [String]) {
        guard let zone = TimeZone(identifier: tariff.zone) else {
            throw BillingError(.badTariff, "tariff \(tariff.id) lies in the unknown time zone '\(tariff.zone)'")
        }
        let (readings, cadence) = try mainReadings(in: zone)
        let days = RegisterHistory(readings).days(
            from: from, to: to, on: LocalClock(zone: zone), limits: RegisterLimits(cadence: cadence)
        ).days
        let whole = Consumption(joining: days.map(\.whole))
        guard let whole, whole.isKnown else {
            throw ValidationError("--readings: \(path) has no readings between \(from) and \(to)")
        }
        let seen = whole.coverage
        let note = "The readings cover \(seen.observedSeconds) of the period's \(seen.totalSeconds) seconds."
        return (MeteredConsumption(hours: days.flatMap(hours)), seen.isComplete ? [] : [note])
    }

    private func mainReadings(in zone: TimeZone) throws -> (readings: [Reading], cadence: Double) {
        var file = try ReadingFile(path: path, options: .init(household: "household", zone: zone))
        let survey = try file.survey { _ in }
        for fault in survey.faults.descriptions { Console.note("\(path): \(fault)") }
        var readings: [Reading] = []
        var cadence = 60.0
        var names: Set<String> = []
        while let batch = try file.nextBatch(progress: { _ in }) {
            for piece in batch where piece.role == .main {
                names.insert(piece.household + " " + piece.meter)
                cadence = piece.cadence
                readings += piece.readings
            }
        }
        guard names.count == 1 else {
            throw ValidationError("--readings: one main meter is expected in \(path), there are \(names.count)")
        }
        return (readings, cadence)
    }

    private func hours(of day: DayConsumption) -> [HourConsumption] {
        guard let zone = TimeZone(identifier: tariff.zone) else { return [] }
        let clock = LocalClock(zone: zone)
        return day.hours.map { hour in
            HourConsumption(day: day.day, minute: clock.hour(at: hour.period.lowerBound) * 60, energy: hour.energy)
        }
    }
}
