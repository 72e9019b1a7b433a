import ArgumentParser
import Billing
import Deployment
import Metering

/// The utility's bill beside ours.
struct BillTwinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twin", abstract: "Puts the utility's bill beside ours and says what would explain the difference."
    )

    @Argument(help: "The receipt of our bill.", completion: .file())
    var receipt: String

    @Option(help: "The total to pay on the utility's bill.")
    var total: String

    @Option(help: "The units on it.")
    var units: String?

    @Option(help: "The register on it, at the beginning.")
    var start: String?

    @Option(help: "The register on it, at the end.")
    var end: String?

    @Option(help: "A line of it, as ID=AMOUNT or LABEL=AMOUNT; may be repeated.")
    var line: [String] = []

    func run() async throws {
        let ours = try Receipt(file: receipt).billedCase()
        let currency = ours.bill.currency
        guard let total = Amount.money(total, in: currency) else {
            throw ValidationError("--total '\(total)' is not an amount in \(currency.code)")
        }
        let theirs = UtilityBill(
            start: try start.map { try BillFacts.energy($0, option: "--start") },
            end: try end.map { try BillFacts.energy($0, option: "--end") },
            units: try units.map { try BillFacts.energy($0, option: "--units") }, lines: try lines(), total: total)
        let twin = try BillTwin(theirs, ours: ours)
        Console.say(
            "ours \(ours.bill.totalText), theirs \(total.text(in: currency)), difference "
                + "\(twin.difference.text(in: currency)) \(currency.code)")
        for line in twin.differences {
            let ours = line.ours?.description ?? "no such line"
            Console.say("  \(line.label): ours \(ours), theirs \(line.theirs?.description ?? "not entered")")
        }
        for cause in twin.causes { Console.say("  likely: \(cause.words)") }
        if !twin.isExplained { Console.say("  nothing that was tried leads to their total") }
    }

    private func lines() throws -> [String: Amount] {
        try line.reduce(into: [:]) { lines, text in
            let (name, value) = try BillFacts.pair(text, option: "--line")
            guard let amount = Amount(value) else { throw ValidationError("--line '\(text)' has no amount") }
            lines[name] = amount
        }
    }
}
