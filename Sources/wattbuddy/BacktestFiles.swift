import Analysis
import ArgumentParser
import Foundation
import Importing
import Metering

/// Households' days from files, and what the forecast says of each household, on all cores.
struct BacktestFiles {
    struct Household: Sendable {
        let name: String
        let days: [ForecastBacktest.Day]
        let season: Season
    }

    struct Answer: Sendable {
        let household: String
        let trials: [ForecastTrial]
    }

    /// In the order of their names.
    let all: [Household]

    /// - Throws: exit code 64 for a line that cannot be read; ``GzipError`` for a file that cannot.
    init(daily: String, households: String) throws {
        do {
            let days = try DailyFile.days(path: daily)
            let zones = try DailyFile.zones(path: households)
            all = try days.keys.sorted().map { name in
                guard let zone = zones[name] else {
                    throw ImportError(.household, "\(households): household: '\(name)' of \(daily) has no line")
                }
                return Household(name: name, days: (days[name] ?? []).map(\.measured), season: Season(in: zone))
            }
        } catch let error as ImportError {
            throw ValidationError(error.message)
        }
    }

    /// Every household's forecasts, in the order of their names whatever finishes first.
    func answers(after daysOver: [Int] = ForecastBacktest.daysOver) async -> [Answer] {
        await onAllCores { household in
            let circumstances = Forecast.Circumstances(season: household.season)
            let backtest = ForecastBacktest(household.days, in: circumstances)
            return Answer(household: household.name, trials: backtest.trials(of: backtest.months, after: daysOver))
        }
    }

    /// The same by a simple way, with the household's place.
    func trials(by baseline: Baseline) async -> [(index: Int, trials: [ForecastBacktest.BaselineTrial])] {
        let found = await onAllCores { household in
            let backtest = ForecastBacktest(household.days, in: Forecast.Circumstances(season: household.season))
            return backtest.trials(of: backtest.months, by: baseline)
        }
        return found.enumerated().map { ($0.offset, $0.element) }
    }

    private func onAllCores<Result: Sendable>(_ work: @escaping @Sendable (Household) -> Result) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, household) in all.enumerated() { group.addTask { (index, work(household)) } }
            var found: [Result?] = Array(repeating: nil, count: all.count)
            for await (index, result) in group { found[index] = result }
            return found.compactMap { $0 }
        }
    }
}

extension DailyFile.Day {
    fileprivate var measured: ForecastBacktest.Day {
        ForecastBacktest.Day(date: date, kilowattHours: kilowattHours, coverage: coverage)
    }
}
