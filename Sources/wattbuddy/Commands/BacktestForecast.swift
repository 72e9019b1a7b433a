import Analysis
import ArgumentParser
import Deployment
import Foundation
import Importing
import Metering

struct BacktestForecast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecasts of every month that can be judged, made after 0, 5, 10, 15, 20 and 25 of its days.",
        discussion: """
            --daily has the columns household, date, kwh and coverage, --households has household and time_zone; both may \
            be packed by gzip. A month is judged when 97 % of it was measured and 60 measured days lie before it. \
            The answers are of the program's own forecast, each household's from its own days alone. \
            Exit codes: 0 done; 64 wrong arguments or a line that cannot be read; 65 a file cannot be used.
            """)

    @Option(help: "The days of the households.")
    var daily: String

    @Option(help: "The households' time zones.")
    var households: String

    @Option(help: "Where the answers go: household,month,asof_day,mean,p10,p50,p90 in kilowatt-hours.")
    var out: String?

    @Flag(help: "Show the quantiles of the errors of these households, as the program's own are written.")
    var calibrate = false

    @Flag(help: "Show how good the answers are beside those of simple ways, as Markdown.")
    var score = false

    func validate() throws {
        guard out != nil || calibrate || score else { throw ValidationError("--out: say where the answers go") }
    }

    func run() async throws {
        let files = try BacktestFiles(daily: daily, households: households)
        if let out { try write(Self.table(await files.answers()), to: out) }
        if calibrate { try await showCalibration(files) }
        if score { Console.write(try await ForecastComparison(files: files).page()) }
    }

    private func showCalibration(_ files: BacktestFiles) async throws {
        let trials = await files.answers(after: Array(0...30)).flatMap(\.trials)
        let errors = trials.map { (days: $0.period.dayCount - $0.daysOver, score: $0.score) }
        guard let calibration = Calibration(of: errors) else {
            throw ValidationError("--daily: too few months can be judged for a calibration")
        }
        for scores in calibration.scores {
            Console.say("[" + scores.map { String(format: "%.3f", $0) }.joined(separator: ", ") + "],")
        }
    }

    private func write(_ text: String, to path: String) throws {
        do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            throw ValidationError("--out: \(path) cannot be written: \(error.localizedDescription)")
        }
    }

    private static func table(_ answers: [BacktestFiles.Answer]) -> String {
        var text = "household,month,asof_day,mean,p10,p50,p90\n"
        for answer in answers {
            for trial in answer.trials {
                let figures = [trial.expected, trial.low, trial.median, trial.high]
                text += "\(answer.household),\(trial.period.first.inMonth),\(trial.daysOver),"
                text += figures.map(kilowattHours).joined(separator: ",") + "\n"
            }
        }
        return text
    }

    /// Three decimals, rounded up from the half.
    private static func kilowattHours(_ energy: Energy) -> String {
        let thousandths = (energy.milliwattHours + 500) / 1000
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
