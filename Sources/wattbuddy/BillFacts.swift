import ArgumentParser
import Billing
import Foundation
import Metering

/// What is told on the command line about one bill.
struct BillFacts: ParsableArguments {
    @Option(help: "The id of a tariff that comes with the program, or a file.")
    var tariff: String

    @Option(help: "Energy taken, N or PERIOD=N; what PERIODs leave of N falls to the tariff's default period.")
    var kwh: [String] = []

    @Option(help: "Energy given to the network, N or PERIOD=N.")
    var export: [String] = []

    @Option(help: "Energy that the household's own plant made.")
    var generation: String?

    @Option(help: "Energy kept from the bills before.")
    var banked: String?

    @Option(help: "The greatest demand recorded, in kW or kVA as the tariff has it.")
    var demand: String?

    @Option(help: "The first day billed.")
    var from: LocalDate

    @Option(help: "The day after the last one billed: on it the meter is read.")
    var to: LocalDate

    @Option(help: "The day the bill is dated; the --to day unless told.")
    var billDate: LocalDate?

    @Option(help: "Months of the period, whatever its days: 1, 2, 0.5 or 20/30.")
    var months: String?

    @Option(help: "What the tariff asks, as NAME=VALUE (phase=single).")
    var input: [String] = []

    @Option(help: "A table of readings in place of --kwh.", completion: .file())
    var readings: String?

    @Option(help: "The meter, where the table has several.")
    var meter: String?

    func validate() throws {
        guard from < to else {
            throw ValidationError("--to must lie after --from: it is the day after the last one billed")
        }
        if let billDate, billDate < from { throw ValidationError("--bill-date lies before --from") }
        guard kwh.isEmpty != (readings == nil) else { throw ValidationError("give --kwh or --readings") }
    }

    func terms(in tariff: Tariff) throws -> BillTerms {
        BillTerms(
            BillingPeriod(first: from, end: to), billDate: billDate, length: try months.map(length),
            account: try account(in: tariff))
    }

    private func length(_ text: String) throws -> Fraction {
        guard let length = Fraction(text), length.numerator > 0 else {
            throw ValidationError("--months '\(text)' is not a number like 2, 0.5 or 20/30")
        }
        return length
    }

    private func account(in tariff: Tariff) throws -> Account {
        var told: [String: String] = [:]
        for text in input {
            let (name, value) = try Self.pair(text, option: "--input")
            let known = tariff.inputs.map(\.name) + (tariff.seasons.isEmpty ? [] : ["season"])
            guard known.contains(name) else {
                let list = known.isEmpty ? "it asks for nothing" : "it asks for \(known.joined(separator: ", "))"
                throw ValidationError("--input: tariff \(tariff.id) does not ask for '\(name)'; \(list)")
            }
            if name == "season", !tariff.seasons.map(\.name).contains(value),
                !tariff.inputs.contains(where: { $0.name == name })
            {
                throw ValidationError("--input season: one of \(tariff.seasons.map(\.name).joined(separator: ", "))")
            }
            told[name] = value
        }
        return Account(told)
    }

    /// The two halves of `NAME=VALUE`.
    static func pair(_ text: String, option: String) throws -> (name: String, value: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw ValidationError("\(option) '\(text)' is not NAME=VALUE") }
        return (parts[0], parts[1])
    }
}

extension BillFacts {
    /// What the meter says, and what a reader of the bill must know about it.
    func consumption(in tariff: Tariff) throws -> (consumption: MeteredConsumption, notes: [String]) {
        var (consumption, notes): (MeteredConsumption, [String])
        if let readings {
            (consumption, notes) = try ReadingsConsumption(
                path: readings, tariff: tariff, from: from, to: to, meter: meter
            )
            .consumption()
        } else {
            let taken = try energies(kwh, option: "--kwh", in: tariff)
            (consumption, notes) = (MeteredConsumption(taken.total, byPeriod: taken.byPeriod), [])
        }
        let given = try energies(export, option: "--export", in: tariff)
        consumption.export = given.total
        consumption.exportByPeriod = given.byPeriod
        consumption.generation = try generation.map { try Self.energy($0, option: "--generation") }
        consumption.banked = try banked.map { try Self.energy($0, option: "--banked") } ?? .zero
        consumption.demand = try demand.map { text in
            guard let rate = Rate(text) else { throw ValidationError("--demand '\(text)' is not a decimal number") }
            return rate
        }
        return (consumption, notes)
    }

    private func energies(
        _ texts: [String], option: String, in tariff: Tariff
    ) throws -> (total: Energy, byPeriod: [String: Energy]) {
        var total: Energy?
        var byPeriod: [String: Energy] = [:]
        for text in texts {
            guard text.contains("=") else {
                guard total == nil else { throw ValidationError("\(option): there are two totals") }
                total = try Self.energy(text, option: option)
                continue
            }
            let (name, value) = try Self.pair(text, option: option)
            let known = tariff.timeOfUse?.names ?? []
            guard known.contains(name) else {
                let list = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
                throw ValidationError("\(option): tariff \(tariff.id) has no time-of-use period '\(name)'; \(list)")
            }
            guard byPeriod.updateValue(try Self.energy(value, option: option), forKey: name) == nil else {
                throw ValidationError("\(option): '\(name)' is told twice")
            }
        }
        return try complete(total, byPeriod, option: option, in: tariff)
    }

    /// What the periods leave of a total falls to the tariff's default period.
    private func complete(
        _ total: Energy?, _ byPeriod: [String: Energy], option: String, in tariff: Tariff
    ) throws -> (total: Energy, byPeriod: [String: Energy]) {
        let sum = byPeriod.values.sum()
        guard let total, !byPeriod.isEmpty else { return (total ?? sum, byPeriod) }
        guard sum != total else { return (total, byPeriod) }
        guard sum < total, let rest = tariff.timeOfUse?.fallback, byPeriod[rest] == nil else {
            throw ValidationError("\(option): the periods do not add up to \(total.kilowattHoursText) kWh")
        }
        return (total, byPeriod.merging([rest: total - sum]) { old, _ in old })
    }

    static func energy(_ text: String, option: String) throws -> Energy {
        guard let energy = Energy(kilowattHours: text), energy >= .zero else {
            throw ValidationError("\(option) '\(text)' is not a number of kWh with at most six decimals")
        }
        return energy
    }
}
