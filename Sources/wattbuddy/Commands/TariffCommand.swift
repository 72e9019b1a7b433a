import ArgumentParser
import Billing
import Foundation
import Metering
import Store

struct TariffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tariff", abstract: "Tariff files.", subcommands: [Check.self, Show.self, Load.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whether a file is a tariff, and where it is not.")

        @Argument var file: String

        func run() async throws {
            let tariff = try Tariff(yaml: try TariffCommand.text(of: file))
            Console.say("\(tariff.id): good, \(tariff.versions.count) versions")
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
        static let configuration = CommandConfiguration(abstract: "Shows the versions and lines of a tariff.")

        @Argument(help: "A file, or the id of a tariff that comes with the program.")
        var tariff: String

        func run() async throws {
            let text = try TariffLibrary.files[tariff] ?? TariffCommand.text(of: tariff)
            let tariff = try Tariff(yaml: text)
            Console.say("\(tariff.id): \(tariff.name), \(tariff.currency.code), \(tariff.zone)")
            for source in tariff.sources { Console.say("  source: \(source)") }
            for version in tariff.versions {
                Console.say("\(version.from) to \(version.through.map(\.description) ?? "now")")
                for line in version.lines { Console.say("  \(line.isCredit ? "credit " : "")\(line.label)") }
            }
        }
    }

    private static func text(of file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw BillingError(.badTariff, "\(file) cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
