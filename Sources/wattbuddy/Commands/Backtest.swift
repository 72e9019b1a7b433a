import ArgumentParser

struct Backtest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Judges the analysis by readings of the past; needs no database.",
        subcommands: [BacktestAnomalies.self])
}
