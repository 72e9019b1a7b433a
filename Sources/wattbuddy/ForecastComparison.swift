import Analysis
import ArgumentParser
import Foundation

/// The program's forecasts beside those of simple ways, from one run over the same months, as Markdown.
struct ForecastComparison {
    let files: BacktestFiles

    private static let days = ForecastBacktest.daysOver

    func page() async throws -> String {
        let answers = await files.answers()
        guard answers.contains(where: { !$0.trials.isEmpty }) else {
            throw ValidationError("--daily: no month can be judged")
        }
        let own = answers.enumerated().flatMap { index, answer in
            answer.trials.map { ($0.daysOver, $0.answer(of: index)) }
        }
        let ours = Self.scores(own)
        var rows = [Self.row("**WattBuddy**", ours)]
        for baseline in Baseline.allCases {
            rows.append(Self.row(baseline.name, Self.scores(await trials(by: baseline))))
        }
        let months = answers.reduce(0) { $0 + $1.trials.count } / Self.days.count
        return """
            \(months) months of \(answers.count { !$0.trials.isEmpty }) homes; WAPE / pinball in percent

            \(Self.header("method"))
            \(rows.joined(separator: "\n"))

            \(Self.header("WattBuddy"))
            \(Self.details(ours).joined(separator: "\n"))

            """
    }

    /// Ranges of simple ways are made of their own errors over all homes, which flatters them.
    private func trials(by baseline: Baseline) async -> [(Int, ForecastScore.Answer)] {
        let trials = await files.trials(by: baseline)
        return Self.days.flatMap { over -> [(Int, ForecastScore.Answer)] in
            let those = trials.flatMap { home in home.trials.filter { $0.daysOver == over }.map { (home.index, $0) } }
            let errors = those.filter { $0.1.yardstick > 0 }.map { ($0.1.came - $0.1.mean) / $0.1.yardstick }.sorted()
            guard !errors.isEmpty else { return [] }
            let low = errors[errors.count / 10]
            let high = errors[errors.count - 1 - errors.count / 10]
            return those.map { household, trial in
                (
                    over,
                    ForecastScore.Answer(
                        household: household, mean: trial.mean,
                        low: max(trial.soFar, trial.mean + min(0, low) * trial.yardstick), median: trial.mean,
                        high: trial.mean + max(0, high) * trial.yardstick, came: trial.came)
                )
            }
        }
    }

    private static func scores(_ answers: [(Int, ForecastScore.Answer)]) -> [ForecastScore] {
        days.map { over in ForecastScore(of: answers.filter { $0.0 == over }.map(\.1)) }
    }

    private static func header(_ title: String) -> String {
        "| \(title) | " + days.map { "d=\($0)" }.joined(separator: " | ") + " |\n|"
            + String(repeating: "---|", count: days.count + 1)
    }

    private static func row(_ name: String, _ scores: [ForecastScore]) -> String {
        "| \(name) | " + scores.map { "\(percent($0.wape)) / \(percent($0.pinball))" }.joined(separator: " | ") + " |"
    }

    private static func details(_ scores: [ForecastScore]) -> [String] {
        let lines: [(String, (ForecastScore) -> Double)] = [
            ("WAPE", \.wape), ("pinball", \.pinball), ("home MAE", \.homeError), ("home pinball", \.homePinball),
            ("bias", \.bias), ("cover80", \.coverage), ("width", \.width),
        ]
        return lines.map { name, figure in
            "| \(name) | " + scores.map { percent(figure($0)) }.joined(separator: " | ") + " |"
        }
    }

    private static func percent(_ share: Double) -> String {
        String(format: "%.2f", share * 100)
    }
}

extension ForecastTrial {
    fileprivate func answer(of household: Int) -> ForecastScore.Answer {
        ForecastScore.Answer(
            household: household, mean: expected.kilowattHours, low: low.kilowattHours,
            median: median.kilowattHours, high: high.kilowattHours, came: came.kilowattHours)
    }
}
