import ArgumentParser
import Billing
import Deployment
import Foundation
import Metering
import Store

struct TariffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tariff", abstract: "Tariff files.",
        subcommands: [Check.self, Show.self, List.self, Schema.self, Load.self, Speed.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Names everything that is wrong in a tariff file, with line and column.",
            discussion: "Exit code 65 when there are faults.")

        @Argument(help: "A file, or the id of a tariff that comes with the program.")
        var file: String

        func run() async throws {
            let text = try TariffCommand.text(of: file)
            let faults = Tariff.faults(in: text)
            guard faults.isEmpty else {
                for fault in faults { Console.say("\(file): \(fault)") }
                Console.error("\(faults.count) \(faults.count == 1 ? "fault" : "faults") in \(file)")
                throw ExitCode(ExitStatus.badFile.rawValue)
            }
            let tariff = try Tariff(yaml: text)
            Console.say(
                "\(tariff.id): good, \(tariff.versions.count) \(tariff.versions.count == 1 ? "version" : "versions")")
        }
    }

    struct Speed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reckons many bills of a month and says how many a second.", shouldDisplay: false)

        @Argument(help: "A file, or the id of a tariff that comes with the program.")
        var tariff: String

        @Option(name: .customLong("input"))
        var inputs: [String] = []

        @Option
        var from: LocalDate

        @Option
        var to: LocalDate

        @Option
        var count = 20_000

        func run() async throws {
            let tariff = try Tariff(yaml: try TariffCommand.text(of: tariff))
            let pairs = inputs.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }.filter { $0.count == 2 }
            let account = Account(Dictionary(pairs.map { ($0[0], $0[1]) }) { _, new in new })
            let terms = BillTerms(BillingPeriod(first: from, end: to), account: account)
            var sum = Money.zero
            let seconds = try ContinuousClock().measure {
                for number in 0..<count {
                    let energy = Energy.kilowattHours(1 + number % 900)
                    sum = sum + (try tariff.bill(for: MeteredConsumption(energy), terms).total)
                }
            }
            let rate = Double(count) / (seconds / .seconds(1))
            Console.say("\(tariff.id): \(Int(rate)) bills a second, \(sum.minorUnits) minor units in all")
        }
    }

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keeps a tariff file in the database.")

        @Argument var file: String

        func run() async throws {
            let text = try TariffCommand.text(of: file)
            _ = try await Stores.open(Settings.load()).tariffs.save(text)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints a tariff as a person would read it.")

        @Argument(help: "A file, or the id of a tariff that comes with the program.")
        var tariff: String

        @Flag(help: "Every version, not only the newest.")
        var all = false

        func run() async throws {
            let tariff = try Tariff(yaml: try TariffCommand.text(of: tariff))
            Console.say(TariffText(tariff, showsEveryVersion: all).text)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the tariffs that come with the program.")

        func run() async throws {
            for id in TariffLibrary.ids {
                let tariff = try Tariff(yaml: TariffLibrary.files[id] ?? "")
                let inputs = tariff.inputs.filter { $0.preset == nil && !$0.isOptional }.map(\.name)
                let asks = inputs.isEmpty ? "" : ", asks for " + inputs.joined(separator: ", ")
                Console.say("\(id): \(tariff.name), \(tariff.currency.code)\(asks)")
            }
        }
    }

    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints the JSON Schema of tariff files.")

        func run() async throws {
            Console.write(TariffSchema.text)
        }
    }

    /// The text of a shipped tariff, or of a file.
    static func text(of tariff: String) throws -> String {
        if let shipped = TariffLibrary.files[tariff] { return shipped }
        guard let data = FileManager.default.contents(atPath: tariff) else {
            throw BillingError(
                .badTariff,
                "there is no file '\(tariff)', and no tariff of that id comes with the program "
                    + "('wattbuddy tariff list' names them)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
