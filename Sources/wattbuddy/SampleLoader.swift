import Billing
import Foundation
import Metering
import Simulation
import Store

/// Enters sample households and puts their readings into the database.
struct SampleLoader {
    let stores: Stores
    let seed: UInt64

    /// Nothing is played again for a household whose readings are there already.
    func load(_ home: SimulatedHome, from first: LocalDate, to end: LocalDate) async throws {
        let household = try await enter(home, from: first)
        let meter = try await stores.households.saveMeter(named: "main", of: household, role: .main, cadence: 60)
        let last = household.clock.start(of: end)
        if let span = try await stores.readings.span(of: meter), span.last >= last { return }
        var simulator = try HomeSimulator(home, seed: seed, until: end)
        var progress = Progress("simulate \(home.slug)")
        let days = first.days(until: end)
        for start in stride(from: 0, to: days, by: 60) {
            let readings = (start..<min(start + 60, days)).flatMap { simulator.readings(of: first.adding(days: $0)) }
            _ = try await stores.readings.insert([(meter: meter.id, readings: readings)])
            progress.show(Double(start) / Double(days))
        }
        progress.finish()
    }

    private func enter(_ home: SimulatedHome, from first: LocalDate) async throws -> Household {
        guard let zone = TimeZone(identifier: home.zone), var draft = HouseholdDraft(slug: home.slug, zone: zone) else {
            throw SimulationError(message: "the sample household '\(home.slug)' is not well formed")
        }
        if let known = try await stores.households.household(named: home.slug) { return known }
        draft.name = home.name
        draft.locale = home.locale
        draft.consumerNumber = home.consumerNumber
        draft.inputs = home.tariff?.inputs ?? [:]
        let household = try await stores.households.save(draft)
        if let tariff = home.tariff, let text = TariffLibrary.files[tariff.id] {
            _ = try await stores.tariffs.save(text)
            try await stores.tariffs.assign(tariff.id, to: household, from: first)
        }
        return household
    }
}
