import Foundation
import Metering
import Postgres
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct BacktestForecastTests {
    private static let zones = "household,time_zone\nnorth,Europe/Berlin\nsouth,Australia/Sydney\n"

    /// Two homes over 150 days from January 2023, of which one was not seen for a day and one was empty for a while.
    private static var days: String {
        var text = "household,date,kwh,coverage\n"
        for home in ["south", "north"] {
            for number in 0..<151 {
                let day = LocalDate(stringLiteral: "2023-01-01").adding(days: number)
                let isUnseen = home == "north" && number == 40
                let isEmpty = home == "south" && (60..<90).contains(number)
                let used = isUnseen || isEmpty ? 0 : 6 + Double(number * 7 % 11) * 0.4
                text += "\(home),\(day),\(String(format: "%.3f", used)),\(isUnseen ? "0.1" : "1.0")\n"
            }
        }
        return text
    }

    private func run(_ days: String, _ zones: String = Self.zones) throws -> (Program.Ending, answers: String?) {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try Data(days.utf8).write(to: folder.url.appending(path: "daily.csv"))
        try Data(zones.utf8).write(to: folder.url.appending(path: "homes.csv"))
        let ending = try Program.wattbuddy(
            "backtest", "forecast", "--daily", folder.path + "/daily.csv", "--households", folder.path + "/homes.csv",
            "--out", folder.path + "/answers.csv")
        let isThere = FileManager.default.fileExists(atPath: folder.path + "/answers.csv")
        return (ending, isThere ? try folder.text("answers.csv") : nil)
    }

    @Test func everyJudgedMonthIsAnsweredAlikeEachTime() throws {
        let (ending, answers) = try run(Self.days)
        #expect(ending.status == 0)
        #expect(ending.output.isEmpty && ending.errors.isEmpty)
        let lines = try #require(answers).split(separator: "\n")
        #expect(lines.first == "household,month,asof_day,mean,p10,p50,p90")
        // April and May of both homes, and no March: 59 days lie before it.
        #expect(lines.count == 1 + 2 * 2 * 6)
        #expect(lines.dropFirst().first?.hasPrefix("north,2023-04,0,") == true)
        for line in lines.dropFirst() {
            let figures = line.split(separator: ",").dropFirst(3).compactMap { Double($0) }
            #expect(figures.count == 4)
            #expect(figures[1] <= figures[2] && figures[2] <= figures[3] && figures[1] >= 0)
        }
        #expect(try run(Self.days).answers == answers)
    }

    private static let faults: [(days: String, zones: String, told: String)] = [
        ("home,date,kwh,coverage\n", zones, "daily.csv: line 1: there is no column 'household'"),
        ("household,date,kwh,coverage\nnorth,2023-01-01,x,1\n", zones, "daily.csv: line 2: kwh: 'x' is not a number"),
        ("household,date,kwh,coverage\nnorth,2023-02-30,1,1\n", zones, "line 2: date: '2023-02-30' is not a date"),
        ("household,date,kwh,coverage\nnorth,2023-01-01,1,7\n", zones, "line 2: coverage: 7.0 is not a share"),
        ("household,date,kwh,coverage\nnorth,2023-01-01,-1,1\n", zones, "line 2: kwh: -1.0 kWh"),
        ("household,date,kwh,coverage\nnorth,2023-01-01,1\n", zones, "line 2: 3 fields where the header has 4"),
        (days, "household,time_zone\nnorth,Mars/Base\n", "homes.csv: line 2: time_zone: there is no zone 'Mars/Base'"),
        (days, "household,time_zone\nnorth,Europe/Berlin\n", "homes.csv: household: 'south'"),
    ]

    @Test(arguments: faults)
    func aFaultIsNamedByFileLineAndField(_ days: String, _ zones: String, _ told: String) throws {
        let (ending, answers) = try run(days, zones)
        #expect(ending.status == 64)
        #expect(ending.errors.contains(told))
        #expect(answers == nil)
    }

    @Test func withoutAPlaceForTheAnswersNothingIsDone() throws {
        let run = try Program.wattbuddy("backtest", "forecast", "--daily", "/dev/null", "--households", "/dev/null")
        #expect(run.status == 64)
    }
}
