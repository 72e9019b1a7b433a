import Foundation
import TestSupport
import Testing

struct BacktestTests {
    private let program = Program.products.appending(path: "wattbuddy")
    private let header = "device,ts,voltage,current,power,energy_kWh,relay1,relay2"

    private func backtest(_ mode: String, _ input: String) throws -> (ending: Program.Ending, written: String) {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try Data(input.utf8).write(to: folder.url.appending(path: "in.csv"))
        let paths = ["in.csv", "out.csv"].map { folder.url.appending(path: $0).path(percentEncoded: false) }
        let ending = try Program.run(program, ["backtest", "anomalies", "--mode", mode] + paths)
        return (ending, ending.status == 0 ? try folder.text("out.csv") : "")
    }

    /// A kettle thrice a day for nine days and something far heavier at the end, a reading a minute.
    private var kettles: String {
        var lines = [header]
        for minute in 0..<(9 * 1440 + 30) {
            let isBoiling = [420, 780, 1140].contains { (0..<5).contains(minute % 1440 - $0) }
            let power = minute >= 9 * 1440 + 20 ? 2950 : isBoiling ? 2000 : 3
            lines.append("d1,\(stamp(minute)),230,,\(power),\(Double(minute) / 1000),1,")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func stamp(_ minute: Int) -> String {
        let (day, rest) = (minute / 1440 + 1, minute % 1440)
        return String(format: "2026-03-%02d %02d:%02d:00", day, rest / 60, rest % 60)
    }

    @Test func liveAlarmsAreWrittenAndNothingIsSaid() throws {
        let (ending, written) = try backtest("live", kettles)
        #expect(ending.status == 0)
        #expect(ending.output.isEmpty && ending.errors.isEmpty)
        let lines = written.split(separator: "\n")
        #expect(lines.first == "device,kind,start,end,socket,probability,score")
        #expect(lines.contains { $0.hasPrefix("d1,heavier,2026-03-10 00:22:00,,") })
    }

    @Test func nightlyFindingsAreWritten() throws {
        var lines = [header]
        for half in 0..<(40 * 48) where !(1500..<1560).contains(half) {
            let (day, rest) = (half / 48, half % 48)
            let stamp = String(
                format: "2026-%02d-%02d %02d:%02d:00", day / 28 + 1, day % 28 + 1, rest / 2, rest % 2 * 30)
            lines.append("n1,\(stamp),,,\(100 + half * 7 % 53),\(Double(half) / 20),,")
        }
        let (ending, written) = try backtest("nightly", lines.joined(separator: "\n"))
        #expect(ending.status == 0)
        #expect(written.contains("n1,gap,"))
    }

    @Test func eachRowOfASeriesIsScored() throws {
        let values = (0..<500).map { row in "2026-03-01 00:00:00,\(row == 400 ? 90 : row % 10)" }
        let (ending, written) = try backtest("score", (["timestamp,value"] + values).joined(separator: "\n"))
        #expect(ending.status == 0)
        let lines = written.split(separator: "\n")
        #expect(lines.first == "timestamp,anomaly_score")
        #expect(lines.count == 501)
        let scores = lines.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
        #expect(scores.indices.max { scores[$0] < scores[$1] } == 400)
    }

    @Test(arguments: ["live", "nightly", "score"]) func aHeaderThatLacksAColumnIsRefused(mode: String) throws {
        let (ending, _) = try backtest(mode, "device,when\nd1,now\n")
        #expect(ending.status == 64)
        #expect(ending.errors.contains("no column is named"))
    }

    @Test func aFigureThatIsNoNumberIsNamedWithItsLine() throws {
        let (ending, _) = try backtest("live", header + "\nd1,2026-03-01 00:00:00,230,1,much,1,1,0\n")
        #expect(ending.status == 65)
        #expect(ending.errors.contains("line 2: power 'much' is no number"))
    }
}

/// The exercises beside the repository: loose guards, so that a change that spoils the analysis is seen.
@Suite(.enabled(if: SharedData.isThere, "the shared measured data are not on this machine"))
struct AnomalyBarsTests {
    private func events(_ mode: String, _ file: String) throws -> [[Substring]] {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let output = folder.url.appending(path: "out.csv").path(percentEncoded: false)
        let input = SharedData.folder.appending(path: "anomaly/\(file)").path(percentEncoded: false)
        let ending = try Program.run(
            Program.products.appending(path: "wattbuddy"), ["backtest", "anomalies", "--mode", mode, input, output])
        #expect(ending.status == 0)
        return try folder.text("out.csv").split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    @Test func liveAlarmsStayFewAndNameWhatHappened() throws {
        let found = try events("live", "live_readings.csv.gz").filter { $0[1] != "offline" }
        #expect((60...220).contains(found.count), "\(found.count) alarms in 294 device-days")
        let sure = found.filter { $0[1] == "stuck_relay" && $0[0] == "d03" }
        #expect(sure.contains { $0[2].hasPrefix("2026-03-14 21:5") && $0[4] == "2" })
        #expect(found.contains { $0[0] == "d08" && $0[1] == "heavier" && $0[2].hasPrefix("2026-06-30 19:2") })
    }

    @Test func nightlyFindingsStayFewAndOfEveryKind() throws {
        let found = try events("nightly", "nightly_readings.csv.gz")
        let kinds = Set(found.map { $0[1] })
        #expect(kinds.isSuperset(of: ["gap", "dead", "register", "voltage", "night_base", "left_on", "high_day"]))
        #expect(found.count < 14 * 8 * 3, "three a home and month at most")
    }
}
