import ArgumentParser
import Billing
import Deployment
import Metering

/// Past bills by other tariffs, or with the energy used otherwise.
struct BillReprice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprice",
        abstract: "Reckons past bills by other tariffs or other habits, and ranks them by money.")

    @Argument(help: "The receipts of past bills.", completion: .file())
    var receipts: [String]

    @Option(help: "Another tariff, an id or a file; may be repeated.")
    var tariff: [String] = []

    @Option(help: "What the other tariffs ask beyond what the receipts tell, as NAME=VALUE; may be repeated.")
    var input: [String] = []

    @Option(help: "Energy moved in each bill, as KWH:FROM:TO (30:peak:offpeak); may be repeated.")
    var move: [String] = []

    @Option(help: "kWh not used in each bill; may be repeated.")
    var save: [String] = []

    func run() async throws {
        let cases = try receipts.map { try Receipt(file: $0).billedCase() }
        guard let actual = cases.first?.tariff else { throw ValidationError("no receipts were given") }
        let told = try input.map { try BillFacts.pair($0, option: "--input") }.map { ($0.name, $0.value) }
        let account = Account(cases[0].terms.account.inputs.merging(told) { _, new in new })
        let scenarios = try tariff.map { name in
            Repricing.Scenario(
                name, tariff: try Tariff(yaml: try TariffCommand.text(of: name)), account: account)
        }
        let repricing = try Repricing(
            cases.map { .init(consumption: $0.consumption, terms: $0.terms) },
            actual: .init("as it was (\(actual.id))", tariff: actual), against: scenarios + changes(of: actual))
        for outcome in repricing.outcomes {
            let (total, difference) = (outcome.total, outcome.difference)
            Console.say(
                "\(total.text(in: actual.currency)) (\(difference.text(in: actual.currency))) \(actual.currency.code)  "
                    + outcome.name)
        }
        for (name, reason) in repricing.refused.sorted(by: { $0.key < $1.key }) { Console.note("\(name): \(reason)") }
    }

    private func changes(of tariff: Tariff) throws -> [Repricing.Scenario] {
        let moved = try move.map { text in
            let parts = text.split(separator: ":").map(String.init)
            guard parts.count == 3 else { throw ValidationError("--move '\(text)' is not KWH:FROM:TO") }
            let energy = try BillFacts.energy(parts[0], option: "--move")
            return Repricing.Scenario(
                "\(parts[0]) kWh moved from \(parts[1]) to \(parts[2])", tariff: tariff,
                change: .moved(energy, from: parts[1], to: parts[2]))
        }
        return try moved
            + save.map { text in
                let energy = try BillFacts.energy(text, option: "--save")
                return Repricing.Scenario("\(text) kWh less", tariff: tariff, change: .saved(energy))
            }
    }
}
