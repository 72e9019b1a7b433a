import ArgumentParser

struct Backtest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Judges the analysis by readings of the past; needs no database.",
        subcommands: [BacktestForecast.self, BacktestAnomalies.self, ForecastSpeed.self])
}
