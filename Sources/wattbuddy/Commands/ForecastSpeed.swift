import Analysis
import ArgumentParser
import Deployment
import Foundation
import Metering

/// Forecasts one household again and again and says how many a second one core makes.
struct ForecastSpeed: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast-speed", abstract: "Makes many forecasts and says how many a second.",
        shouldDisplay: false)

    @Option(help: "Days that are known.")
    var days = 730

    @Option
    var count = 20_000

    func validate() throws {
        guard (1...4000).contains(days), count > 0 else { throw ValidationError("--days: from 1 to 4000") }
    }

    func run() throws {
        let today = LocalDate(daysSince1970: 20_000)
        let known = EvenDays(
            DailyHistory(
                days: (0..<days).map { number in
                    let used = 8 + Double(number * 7919 % 101) / 20
                    return DailyHistory.Day(date: today.adding(days: number - days), kilowattHours: used)
                }))
        let circumstances = Forecast.Circumstances(season: Season(in: .gmt))
        var sum = Energy.zero
        let seconds = ContinuousClock().measure {
            for number in 0..<count {
                let day = today.adding(days: -(number % 2))
                let month = day.inMonth
                let period = BillingPeriod(first: month.firstDay, end: month.adding(months: 1).firstDay)
                sum +=
                    Forecast(
                        of: period, from: known, soFar: .zero, today: day, elapsed: 0, in: circumstances
                    ).expected
            }
        }
        let rate = Double(count) / (seconds / .seconds(1))
        Console.say("\(days) days: \(Int(rate)) forecasts a second, \(sum.milliwattHours) mWh in all")
    }
}
