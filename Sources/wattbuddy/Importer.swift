import Foundation
import Importing
import Metering
import Store

/// Puts the readings of a file where they belong; households and meters that are new are entered.
struct Importer {
    let stores: Stores
    let zone: TimeZone

    /// A meter with the register that stood before the file's first interval, on which a derived one goes on.
    private struct Target {
        let meter: Meter
        let base: Energy
    }

    private struct Key: Hashable {
        let household: String
        let meter: String
    }

    /// - Returns: how many meters the file has.
    func take(
        _ source: inout ReadingFile, progress: inout Progress, counting taken: inout Int, _ new: inout Int
    ) async throws -> Int {
        var targets: [Key: Target] = [:]
        var shown = progress
        while let batch = try source.nextBatch(progress: { shown.show($0) }) {
            var rows: [(meter: Int64, readings: [Reading])] = []
            for piece in batch {
                let key = Key(household: piece.household, meter: piece.meter)
                let target: Target
                if let known = targets[key] { target = known } else { target = try await self.target(for: piece) }
                targets[key] = target
                rows.append((target.meter.id, piece.readings.map { $0.raised(by: target.base) }))
                taken += piece.readings.count
            }
            new += try await stores.readings.insert(rows)
        }
        progress = shown
        return targets.count
    }

    private func target(for piece: MeterReadings) async throws -> Target {
        let household = try await household(named: piece.household)
        let meter = try await stores.households.saveMeter(
            named: piece.meter, of: household, role: piece.role, cadence: piece.cadence)
        guard piece.isDerived, let first = piece.readings.first?.at else { return Target(meter: meter, base: .zero) }
        return Target(meter: meter, base: try await stores.readings.register(of: meter, at: first) ?? .zero)
    }

    private func household(named name: String) async throws -> Household {
        let slug = Self.slug(name)
        if let known = try await stores.households.household(named: slug) { return known }
        guard var draft = HouseholdDraft(slug: slug, zone: zone) else {
            throw ImportError(.household, "'\(name)' cannot be the name of a household")
        }
        draft.name = name
        return try await stores.households.save(draft)
    }

    /// Lower-case letters, digits and hyphens.
    private static func slug(_ name: String) -> String {
        let letters = name.lowercased().unicodeScalars.map { scalar -> Character in
            scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(scalar.value))
                ? Character(scalar) : "-"
        }
        return String(String(letters).drop { $0 == "-" }.prefix(64))
    }
}

extension Reading {
    fileprivate func raised(by base: Energy) -> Reading {
        guard base != .zero else { return self }
        return Reading(
            at: at, register: register + base, power: power, voltage: voltage, current: current, relays: relays,
            bootID: bootID, sequence: sequence)
    }
}
