import ArgumentParser
import Billing
import Deployment
import Metering
import Store

struct MeterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meter", abstract: "What a household's meters can do.", subcommands: [List.self, Set.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a household's meters and their limits.")

        @Argument(help: "The household's name in paths.")
        var household: String

        func run() async throws {
            let stores = try await Stores.open(Settings.load())
            guard let found = try await stores.households.household(named: household) else {
                throw ValidationError("there is no household '\(household)'")
            }
            for meter in try await stores.households.meters(of: found) {
                let limits = meter.limits
                let modulus = limits.modulus.map { "\($0.kilowattHours) kWh" } ?? "-"
                Console.say(
                    "\(meter.name)\t\(meter.role.rawValue)\tmax-power \(limits.maximumPower) W\tmodulus \(modulus)\t"
                        + "a reading each \(limits.cadence) s")
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a meter's register can do; nothing of it is learned from readings.",
            discussion: "The next night judges all of the meter's readings again.")

        @OptionGroup var place: Correct.Place

        @Option(help: "Watts that the breaker allows.")
        var maxPower: Double?

        @Option(help: "Kilowatt-hours at which the register begins again at zero: 100000 for five digits.")
        var modulus: String?

        func run() async throws {
            guard maxPower != nil || modulus != nil else { throw ValidationError("say --max-power or --modulus") }
            if let maxPower, !(maxPower > 0 && maxPower < 1e9) {
                throw ValidationError("--max-power: watts above zero are needed, not \(maxPower)")
            }
            let energy = try modulus.map { text in
                guard let energy = Energy(kilowattHours: text), energy > .zero else {
                    throw ValidationError("--modulus: kilowatt-hours above zero are needed, not '\(text)'")
                }
                return energy
            }
            let stores = try await Stores.open(Settings.load())
            let (_, meter) = try await place.find(in: stores)
            try await stores.households.setLimits(of: meter, maximumPower: maxPower, modulus: energy)
        }
    }
}
