import Analysis
import Foundation
import Importing
import Metering
import TestSupport
import Testing

struct ForecastBacktestTests {
    private func backtest(_ days: [Double?], from first: LocalDate = "2023-01-01") throws -> ForecastBacktest {
        ForecastBacktest(
            days.enumerated().map { index, used in
                ForecastBacktest.Day(
                    date: first.adding(days: index), kilowattHours: used ?? 0, coverage: used == nil ? 0 : 1)
            }, in: Forecast.Circumstances(season: try season()))
    }

    private func months(_ backtest: ForecastBacktest) -> [String] {
        var found: [String] = []
        for trial in backtest.trials(of: backtest.months, after: [0]) {
            found.append(trial.period.first.inMonth.description)
        }
        return found
    }

    @Test func aMonthIsJudgedAfterSixtyDaysAndWhenItWasSeen() throws {
        var days = livedIn(31 + 28 + 31 + 30 + 31)
        #expect(try months(backtest(days)) == ["2023-04", "2023-05"], "March begins after 59 days")
        days[31 + 28 + 31 + 4] = nil
        #expect(try months(backtest(days)) == ["2023-05"], "April was seen for 96.7 %")
        let unused = days.enumerated().map { $0.offset >= 120 ? 0 : $0.element }
        #expect(try months(backtest(unused)).isEmpty, "there is no share of nothing")
    }

    @Test func aPartOfADayIsPutUpToTheWhole() throws {
        let days = (0..<181).map { index in
            ForecastBacktest.Day(
                date: LocalDate(stringLiteral: "2023-01-01").adding(days: index), kilowattHours: 7.92, coverage: 0.99)
        }
        let backtest = ForecastBacktest(days, in: Forecast.Circumstances(season: try season()))
        let trials = backtest.trials(of: backtest.months, after: [10])
        #expect(trials.allSatisfy { $0.low > .kilowattHours(80) })
        #expect(trials.map(\.came) == [240, 248, 240].map(Energy.kilowattHours))
    }

    @Test func whatComesLaterChangesNothing() throws {
        let days = livedIn(400)
        let period = BillingPeriod(first: "2023-11-01", end: "2023-12-01")
        let changed = days.enumerated().map { $0.offset >= 304 + 15 ? 40 : $0.element }
        let one = try backtest(days).trials(of: [period], after: [15])
        let other = try backtest(changed).trials(of: [period], after: [15])
        #expect(one.map(\.expected) == other.map(\.expected))
        #expect(one.map(\.low) == other.map(\.low) && one.map(\.high) == other.map(\.high))
        #expect(one.map(\.came) != other.map(\.came))
    }

    @Test func scoresAreThoseOfTheProtocol() {
        let answers = [
            ForecastScore.Answer(household: 0, mean: 110, low: 90, median: 105, high: 130, came: 100),
            ForecastScore.Answer(household: 1, mean: 250, low: 240, median: 250, high: 260, came: 300),
        ]
        let score = ForecastScore(of: answers)
        #expect(abs(score.wape - 60.0 / 400) < 1e-12)
        #expect(abs(score.bias + 40.0 / 400) < 1e-12)
        // 0.1 x 10, 0.5 x 5, 0.1 x 30 and 0.1 x 60, 0.5 x 50, 0.9 x 40
        #expect(abs(score.pinball - (6.5 + 67) / 3 / 400) < 1e-12)
        #expect(score.coverage == 0.5)
        #expect(abs(score.homeError - (0.1 + 50.0 / 300) / 2) < 1e-12)
    }

    @Test func theInstallationsErrorsCountTheMoreTheMoreThereAre() throws {
        let pooled = Calibration.shares.map { $0 * 10 }
        let few = Calibration.shipped.refined(by: [.init(horizon: 30, trials: 3, scores: pooled)])
        let many = Calibration.shipped.refined(by: [.init(horizon: 30, trials: 30_000, scores: pooled)])
        let old = try #require(Calibration.shipped.scores.last?.last)
        #expect(abs(try #require(few.scores.last?.last) - old) < 0.1)
        #expect(abs(try #require(many.scores.last?.last) - 9.9) < 0.1)
        #expect(few.scores.first == Calibration.shipped.scores.first)
    }
}

/// Guards, not the figures themselves: those stand in Forecasting.md.
@Suite(.enabled(if: SharedData.isThere, "the measured homes lie beside the repository on some machines only"))
struct MeasuredForecastTests {
    private static let bars: [(over: Int, wape: Double, pinball: Double)] = [
        (0, 16.76, 5.79), (5, 13.53, 4.66), (10, 10.34, 3.58), (15, 7.70, 2.64), (20, 5.44, 1.84), (25, 2.88, 0.98),
    ]

    @Test func theForecastIsBetterThanWhatIsOnTheShelf() throws {
        let files = SharedData.folder
        let days = try DailyFile.days(path: files.appending(path: "daily.csv.gz").path())
        let zones = try DailyFile.zones(path: files.appending(path: "daily_households.csv").path())
        var answers: [Int: [ForecastScore.Answer]] = [:]
        for (index, name) in days.keys.sorted().enumerated() {
            let seen = try #require(days[name]).map {
                ForecastBacktest.Day(date: $0.date, kilowattHours: $0.kilowattHours, coverage: $0.coverage)
            }
            let season = Season(in: try #require(zones[name]))
            let backtest = ForecastBacktest(seen, in: Forecast.Circumstances(season: season))
            for trial in backtest.trials(of: backtest.months) {
                answers[trial.daysOver, default: []].append(
                    ForecastScore.Answer(
                        household: index, mean: trial.expected.kilowattHours,
                        low: trial.low.kilowattHours, median: trial.median.kilowattHours,
                        high: trial.high.kilowattHours, came: trial.came.kilowattHours))
            }
        }
        for bar in Self.bars {
            let those = try #require(answers[bar.over])
            let score = ForecastScore(of: those)
            #expect(those.count == 860)
            #expect(score.wape * 100 <= bar.wape)
            #expect(score.pinball * 100 <= bar.pinball)
            #expect((0.76...0.84).contains(score.coverage))
            #expect(abs(score.bias) < 0.02)
        }
    }
}
