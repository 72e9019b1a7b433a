import Analysis
import ArgumentParser
import Foundation
import Importing
import Metering

/// Households' days from files, and what the forecast says of each household, on all cores.
struct BacktestFiles {
    struct Household {
        let name: String
        let days: [ForecastBacktest.Day]
        let season: Season
    }

    struct Answer {
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
    func answers(
        after daysOver: [Int] = ForecastBacktest.daysOver, calibration: Calibration = .shipped
    ) async throws -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { group in
            for (index, household) in all.enumerated() {
                group.addTask {
                    let circumstances = Forecast.Circumstances(season: household.season, calibration: calibration)
                    let backtest = ForecastBacktest(household.days, in: circumstances)
                    let trials = backtest.trials(of: backtest.months, after: daysOver)
                    return (index, Answer(household: household.name, trials: trials))
                }
            }
            var found: [Answer?] = Array(repeating: nil, count: all.count)
            for await (index, answer) in group { found[index] = answer }
            return found.compactMap { $0 }
        }
    }
}

extension DailyFile.Day {
    fileprivate var measured: ForecastBacktest.Day {
        ForecastBacktest.Day(date: date, kilowattHours: kilowattHours, coverage: coverage)
    }
}
