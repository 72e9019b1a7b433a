import ArgumentParser
import Billing
import Deployment
import Metering

/// Where a running bill will jump.
struct BillAhead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ahead", abstract: "Says where a running bill will jump, and what to use a day to stay below.",
        discussion:
            "--kwh is what was used until the beginning of --today. Says nothing where there is no jump in reach.")

    @OptionGroup var facts: BillFacts

    @Option(help: "The day that begins now.")
    var today: LocalDate

    @Option(help: "kWh a day to come; the mean so far unless told.")
    var pace: String?

    @Option(help: "Passes over jumps below this amount.")
    var least = "0"

    func validate() throws {
        guard (facts.from..<facts.to).contains(today) else { throw ValidationError("--today lies outside the period") }
    }

    func run() async throws {
        let tariff = try Tariff(yaml: try TariffCommand.text(of: facts.tariff))
        let (used, _) = try facts.consumption(in: tariff)
        guard let least = Amount(least) else { throw ValidationError("--least '\(least)' is not a decimal number") }
        let search = CliffSearch(
            tariff, try facts.terms(in: tariff), used: used, today: today, pace: try pace(after: used.energy))
        guard let cliff = try search.next(atLeast: least) else { return }
        let day = cliff.crossedOn.map { "at this pace on \($0)" } ?? "not in this period at this pace"
        Console.say(
            """
            The bill jumps above \(cliff.lastUnit.kilowattHoursText) kWh: \(cliff.left.kilowattHoursText) kWh are left.
            The next unit costs \(cliff.costOfNextUnit.text(in: tariff.currency)) \(tariff.currency.code), \(day).
            Up to \(cliff.dailyBudget.kilowattHoursText) kWh a day stay below.
            """)
    }

    private func pace(after used: Energy) throws -> Energy {
        if let pace { return try BillFacts.energy(pace, option: "--pace") }
        let days = facts.from.days(until: today)
        guard days > 0 else { throw ValidationError("--pace is needed on the first day") }
        return Energy(milliwattHours: used.milliwattHours / Int64(days))
    }
}
