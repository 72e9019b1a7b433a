import ArgumentParser
import Billing
import Deployment
import Foundation
import Metering

/// Bills by a tariff alone, without a database.
struct BillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bill", abstract: "Reckons a bill from a tariff and what the meter says, without a database.",
        discussion: """
            wattbuddy bill --tariff in-kl-kseb-lt1a --kwh 218 --from 2025-07-08 --to 2025-09-08 --input phase=three
            'wattbuddy help bill reckon' names every option.
            """,
        subcommands: [
            Reckon.self, Verify.self, BillAhead.self, BillWhy.self, BillTwinCommand.self, BillReprice.self,
        ], defaultSubcommand: Reckon.self)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    struct Reckon: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reckons a bill.",
            discussion: """
                'wattbuddy tariff show ID' tells the inputs and times of use of a tariff. A tariff that counts whole months \
                takes them from the days: 25 to 35 days make a month, 50 to 70 two; --months says otherwise.
                """)

        @OptionGroup var facts: BillFacts

        @Option(help: "table or json.")
        var format = Format.table

        @Option(help: "Writes the receipt from which 'bill verify' reckons the bill again.", completion: .file())
        var receipt: String?

        func run() async throws {
            let text = try TariffCommand.text(of: facts.tariff)
            let tariff = try Tariff(yaml: text)
            let terms = try facts.terms(in: tariff)
            let (consumption, notes) = try facts.consumption(in: tariff)
            let bill = try tariff.bill(for: consumption, terms, notes: notes)
            switch format {
            case .json:
                Console.say(bill.json.jsonText)
                for note in bill.notes { Console.note(note) }
            case .table:
                Console.say(BillText(bill, tariff.name).text)
            }
            guard let receipt else { return }
            try Data(Receipt(bill, tariff: text, consumption: consumption, terms: terms).jsonText.utf8).write(
                to: URL(filePath: receipt))
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reckons a bill again from its receipt alone.",
            discussion: "Exit code 65 when it comes out otherwise.")

        @Argument(help: "The receipt, a JSON file.", completion: .file())
        var file: String

        func run() async throws {
            let receipt = try Receipt(file: file)
            let faults = try receipt.faults()
            guard faults.isEmpty else {
                for fault in faults { Console.say(fault) }
                throw ExitCode(ExitStatus.badFile.rawValue)
            }
            Console.say("\(file): the bill of \(receipt.bill.total) \(receipt.bill.currency) comes out the same")
        }
    }
}
