import ArgumentParser
import Importing

struct BacktestAnomalies: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomalies",
        abstract: "What the daemon or the night would have found in a file of readings; needs no database.",
        discussion: """
            live, nightly: readings with the columns device, ts, voltage, current, power, energy_kWh, relay1, relay2, \
            sorted within a device, devices one after the other; events are written with the columns device, kind, start, \
            end, socket, probability, score. score: a series with the columns timestamp, value; timestamp, anomaly_score \
            are written. Files may be gzip. Nothing later than a reading is used for it. Exit codes: 0 done; 64 wrong \
            arguments or a header that lacks a column; 65 the file cannot be used.
            """)

    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case live, nightly, score
    }

    @Option(help: "live, nightly or score.")
    var mode: Mode

    @Argument(help: "The file of readings, or for score of the series.")
    var input: String

    @Argument(help: "The file to be written.")
    var output: String

    func run() throws {
        do {
            switch mode {
            case .live: try LiveBacktest.run(input, output)
            case .nightly: try NightlyBacktest.run(input, output)
            case .score: try ScoreBacktest.run(input, output)
            }
        } catch let error as ImportError where error.kind == .header {
            throw ValidationError(error.message)
        }
    }
}
