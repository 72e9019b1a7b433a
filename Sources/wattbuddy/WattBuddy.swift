import ArgumentParser
import Deployment

/// The batch program: one command for each job.
@main
struct WattBuddy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wattbuddy",
        abstract: "True reports from electricity meters: consumption, bills, forecasts, pages.",
        discussion: """
            Exit codes: 0 done; 2 some households failed, the others are done; 64 wrong arguments; 65 a file cannot be used; \
            75 try again later (no database, or another run is at work).
            """,
        subcommands: [
            Demo.self, Migrate.self, Simulate.self, Import.self, Correct.self, ChannelCommand.self, FindingCommand.self,
            Nightly.self,
            RollUp.self, Analyse.self,
            CloseBills.self, Publish.self, SendBills.self, HouseholdCommand.self, MeterCommand.self,
            DeviceCommand.self, UserCommand.self, TariffCommand.self, BillCommand.self,
            ConsumptionCommand.self, Backtest.self, Zoo.self, Status.self, ClusterCommand.self,
        ])

    static func main() async {
        await runAsProgram { ExitStatus(ofJob: $0) }
    }
}
