import Billing
import Foundation
import Metering
import TestSupport
import Testing

/// Agreement with NREL's PySAM, where it is installed: `PYSAM_PYTHON` names a Python that has it, else `python3` is asked.
@Suite(
    .enabled(
        if: PySAM.isInstalled,
        "SKIPPED: NREL-PySAM is not installed; pip install NREL-PySAM, or name its Python in PYSAM_PYTHON"))
struct PySAMTests {
    @Test func energyChargesAgreeWithin1e6ForEveryMonthOf320Tariffs() throws {
        var random = SeededRandom(20_260_701)
        let load = (0..<8760).map { _ in random.whole(50...2500) }
        let cases = (0..<320).map { PySAMCase(number: $0, &random) }
        let theirs = try PySAM.reckon(load: load, cases)
        var worst = 0.0
        for (pysam, months) in zip(cases, theirs) {
            let tariff = try pysam.tariff()
            for month in pysam.isChronological ? [1, 4, 7] : Array(1...12) {
                let ours = try pysam.energyCharge(by: tariff, month: month, load: load)
                worst = max(worst, abs(ours - months[month - 1]))
            }
        }
        print("PySAM: the greatest difference is \(worst)")
        #expect(worst < 1e-6)
    }
}

/// One random tariff of up to four tiers and three times of use.
struct PySAMCase: Encodable {
    let scale: Double
    let weekday: [Int]
    let weekend: [Int]
    let limits: [Int?]
    let rates: [[Double]]
    let chronological: Bool

    private let thousandths: Int64
    private let rateTexts: [[String]]
    var isChronological: Bool { chronological }

    private enum CodingKeys: CodingKey {
        case scale, weekday, weekend, limits, rates, chronological
    }

    init(number: Int, _ random: inout SeededRandom) {
        let periods = number % 4 == 0 ? 1 : random.whole(2...3)
        let tiers = random.whole(1...4)
        thousandths = Int64(random.whole(300...2000))
        scale = Double(thousandths) / 1000
        weekday = (0..<24).map { $0 < periods ? $0 : random.whole(0...periods - 1) }
        weekend = (0..<24).map { _ in random.whole(0...periods - 1) }
        var limit = 0
        limits = (1...tiers).map { tier in
            limit += random.whole(50...500)
            return tier == tiers ? nil : limit
        }
        var texts: [[String]] = []
        for _ in 1...tiers { texts.append((0..<periods).map { _ in random.decimal(2000...60000, places: 5) }) }
        rateTexts = texts
        rates = texts.map { $0.compactMap(Double.init) }
        chronological = number % 4 == 3
    }

    /// In major units; the year is 2018, which begins on a Monday as PySAM's does.
    func energyCharge(by tariff: Tariff, month: Int, load: [Int]) throws -> Double {
        let first = try #require(LocalDate(year: 2018, month: month, day: 1))
        let end = first.inMonth.adding(months: 1).firstDay
        let start = LocalDate("2018-01-01").days(until: first) * 24
        let hours = (0..<first.days(until: end) * 24).map { hour in
            let energy = Energy(milliwattHours: Int64(load[start + hour]) * thousandths)
            return HourConsumption(day: first.adding(days: hour / 24), minute: hour % 24 * 60, energy: energy)
        }
        let consumption =
            chronological ? MeteredConsumption(hours: hours) : MeteredConsumption(byPeriod: byPeriod(hours))
        return try tariff.exactCost(of: consumption, BillTerms(BillingPeriod(first: first, end: end))).approximate
    }

    private func byPeriod(_ hours: [HourConsumption]) -> [String: Energy] {
        hours.reduce(into: [:]) { periods, hour in
            let schedule = hour.day.isWeekend ? weekend : weekday
            periods["p\(schedule[hour.minute / 60])", default: .zero] += hour.energy
        }
    }

    func tariff() throws -> Tariff {
        let slabs = zip(limits, rateTexts).map { limit, rates in
            let table = rates.enumerated().map { "p\($0): \"\($1)\"" }.joined(separator: ", ")
            return "{\(limit.map { "upto: \($0), " } ?? "")rate: {by: tou, \(table)}}"
        }
        let filling = chronological ? "chronological" : "proportional"
        let energy = "energy: {tier_tou: \(filling), classes: [{telescopic: [\(slabs.joined(separator: ", "))]}]}"
        return try .sample("{id: energy, \(energy)}", top: timesOfUse)
    }

    private var timesOfUse: String {
        let windows = [("weekday", weekday), ("weekend", weekend)].flatMap { days, schedule in
            Set(schedule).sorted().map { period in
                let hours = (0..<24).filter { schedule[$0] == period }.map { hour in
                    "\"\(hour < 10 ? "0" : "")\(hour):00-\(hour < 9 ? "0" : "")\(hour + 1):00\""
                }
                return "    - {name: p\(period), days: [\(days)], hours: [\(hours.joined(separator: ", "))]}"
            }
        }
        return "tou:\n  periods:\n" + windows.joined(separator: "\n")
    }
}

/// The Python that has PySAM.
enum PySAM {
    private static let python = ProcessInfo.processInfo.environment["PYSAM_PYTHON"] ?? "python3"

    static let isInstalled: Bool = {
        do { return try run(["-c", "import PySAM.Utilityrate5"]) == 0 } catch { return false }
    }()

    static func reckon(load: [Int], _ cases: [PySAMCase]) throws -> [[Double]] {
        struct Task: Encodable {
            let load: [Double]
            let cases: [PySAMCase]
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pysam-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (task, answer) = (folder.appending(path: "task.json"), folder.appending(path: "answer.json"))
        let kilowattHours = load.map { Double($0) / 1000 }
        try JSONEncoder().encode(Task(load: kilowattHours, cases: cases)).write(to: task)
        let script = repository.appending(path: "Tests/BillingTests/PySAM/reckon.py").path()
        try #require(try run([script, task.path(), answer.path()]) == 0, "reckon.py failed")
        return try JSONDecoder().decode([[Double]].self, from: Data(contentsOf: answer))
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
