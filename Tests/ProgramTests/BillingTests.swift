import Foundation
import TestSupport
import Testing

/// Bills from consumption: times of use, energy given to the network, the days on which the meter is read.
@Suite(.scratchDatabase)
struct BillingTests {
    private static let tariff = """
        tariff: 1
        id: test-net
        name: Test with times of use and a bank
        currency: INR
        timezone: Asia/Kolkata
        rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
        billing: {months: 1}
        tou: {default: night, periods: [{name: day, hours: ["06:00-18:00"]}]}
        versions:
          - from: 2025-01-01
            lines:
              - id: energy
                label: Energy
                per_kwh: {rate: {day: "4", night: "2"}}
              - {id: rent, label: Rent, fixed: {per: bill, amount: "10"}}
        """

    private static let banking = """
        tariff: 1
        id: test-bank
        name: Test with a bank
        currency: INR
        timezone: Asia/Kolkata
        rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
        billing: {months: 1}
        versions:
          - from: 2025-01-01
            lines:
              - {id: net, label: Given to the network, export: {method: net_energy, bank: true}}
              - {id: energy, label: Energy, energy: {classes: [{telescopic: [{rate: "5"}]}]}}
        """

    /// A kilowatt all day and two by night, and so much given to the network each hour, from 20 December to 20 February.
    private func readings(given: (String) -> Double) throws -> String {
        let start = try Date("2025-12-20T00:00:00+05:30", strategy: .iso8601)
        var (taken, given_) = (500.0, 80.0)
        var text = "timestamp,grid_import_kWh,grid_export_kWh\n"
        for hour in 0..<(62 * 24) {
            let stamp = start.addingTimeInterval(Double(hour) * 3600 + 19_800).formatted(.iso8601).dropLast()
            text += "\(stamp),\(taken),\(given_)\n"
            taken += (6..<18).contains(hour % 24) ? 1 : 2
            given_ += given(String(stamp))
        }
        return text
    }

    private func run(_ arguments: String..., settings: [String: String] = [:]) throws {
        let run = try Program.wattbuddy(arguments, settings: settings)
        try #require(run.status == 0, "\(arguments): \(run.errors)")
    }

    private func bills(
        by tariff: String, readings: String, with more: String...
    ) throws -> (folder: TemporaryFolder, csv: (String) throws -> String) {
        let folder = try TemporaryFolder()
        try Data(tariff.utf8).write(to: folder.url.appending(path: "tariff.yaml"))
        try Data(readings.utf8).write(to: folder.url.appending(path: "readings.csv"))
        try run("tariff", "load", folder.path + "/tariff.yaml")
        let id = tariff.contains("test-bank") ? "test-bank" : "test-net"
        let household = [
            "household", "add", "asha", "--zone", "Asia/Kolkata", "--tariff", id, "--tariff-from", "2025-01-01",
        ]
        let added = try Program.wattbuddy(household + more)
        try #require(added.status == 0, "\(added.errors)")
        try run("import", folder.path + "/readings.csv", "--household", "asha")
        try run("nightly", "--as-of", "2026-02-19T00:30:00+05:30", settings: ["OUTPUT": folder.path + "/Output"])
        return (folder, { try folder.text("Output/households/asha/bills/\($0).csv") })
    }

    @Test func hoursAreBilledByTheTimeOfTheirUse() throws {
        let (folder, csv) = try bills(by: Self.tariff, readings: try readings { _ in 0 })
        defer { folder.remove() }
        let january = try csv("2026-01")
        // 31 days of 12 kWh by day and 24 by night.
        #expect(january.contains("energy,Energy,372,kWh,4.00,1488.00,2976.00"))
        #expect(january.contains("energy,Energy,744,kWh,2.00,1488.00,"))
        #expect(january.contains("total,To pay,,INR,,,2986.00"))
        let verified = try Program.wattbuddy(
            "bill", "verify", folder.path + "/Output/households/asha/bills/2026-01.json")
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test func whatIsGivenIsTakenOffAndTheRestKeptForTheNextBill() throws {
        // In December and January 2 kWh an hour are given, more than is taken; afterwards nothing.
        let (folder, csv) = try bills(
            by: Self.banking, readings: try readings { $0 < "2026-02-01" ? 2 : 0 }, with: "--reading-day", "2026-01-01",
            "--reading-day", "2026-02-01", "--reading-day", "2026-02-17")
        defer { folder.remove() }
        // January: 1116 kWh taken, 1488 given: nothing to pay for, 372 kept.
        #expect(try csv("2026-01").contains("total,To pay,,INR,,,0.00"))
        // 1 to 16 February: 576 taken, 372 from the bank: 204 kWh at 5.
        let february = try csv("2026-02")
        #expect(february.contains("total,To pay,,INR,,,1020.00"), "\(february)")
    }

    @Test func aTimeBeforeTheTariffHasNoBillAndStopsNoOther() throws {
        let later = Self.tariff.replacing("from: 2025-01-01", with: "from: 2026-02-01")
        let (folder, csv) = try bills(
            by: later, readings: try readings { _ in 0 }, with: "--reading-day", "2026-01-01", "--reading-day",
            "2026-02-01",
            "--reading-day", "2026-02-17")
        defer { folder.remove() }
        #expect(throws: (any Error).self) { try csv("2026-01") }
        #expect(try csv("2026-02").contains("total,To pay,,INR,"))
        #expect(try folder.text("Output/households/asha/2026-01/index.html").contains("1,116.000 kWh"))
    }

    @Test func theDaysOnWhichTheMeterIsReadEndTheBills() throws {
        let (folder, csv) = try bills(
            by: Self.tariff, readings: try readings { _ in 0 }, with: "--reading-day", "2025-12-25", "--reading-day",
            "2026-01-22")
        defer { folder.remove() }
        // 28 days, 25 December to 21 January.
        #expect(try csv("2025-12").contains("energy,Energy,336,kWh,4.00,1344.00,"))
        let page = try folder.text("Output/households/asha/2026-01/index.html")
        #expect(page.contains("25 December 2025 to 21 January 2026"))
    }
}
