import Foundation
import Metering
import Postgres
import Store
import TestSupport
import Testing

@Suite(.scratchDatabase)
struct HouseholdDaysTests {
    private func take(_ text: String) throws -> Program.Ending {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try Data(text.utf8).write(to: folder.url.appending(path: "days.csv"))
        return try Program.wattbuddy("household", "days", "asha", folder.path + "/days.csv")
    }

    @Test func daysAreTakenAndReplaced() async throws {
        let added = try Program.wattbuddy("household", "add", "asha", "--zone", "Asia/Kolkata")
        #expect(added.status == 0)
        let first = try take("date,temperature_c,holiday\n2026-01-26,-1.5,1\n2026-01-27,,0\n")
        #expect(first.output == "2 days of asha taken\n")
        #expect(try take("date,temperature_c,holiday\n2026-01-27,24,0\n").status == 0)
        let store = HouseholdStore(try .scratch)
        let household = try #require(try await store.household(named: "asha"))
        let days = try await store.days(of: household)
        #expect(
            days == [
                DayConditions(day: "2026-01-26", temperature: -1.5, isHoliday: true),
                DayConditions(day: "2026-01-27", temperature: 24, isHoliday: false),
            ])
    }

    private static let faults: [(text: String, told: String)] = [
        ("date,holiday\n", "line 1: there is no column 'temperature_c'"),
        ("date,temperature_c,holiday\n2026-01-26,warm,0\n", "line 2: temperature_c: 'warm' is not a number"),
        ("date,temperature_c,holiday\n2026-01-26,99,0\n", "line 2: temperature_c: 99.0 °C is no weather"),
        ("date,temperature_c,holiday\n2026-01-26,9,yes\n", "line 2: holiday: 'yes' is neither 0 nor 1"),
        ("date,temperature_c,holiday\n2026-01-26,9,0\n2026-01-26,9,0\n", "line 3: date: 2026-01-26 has a line already"),
    ]

    @Test(arguments: faults)
    func aFaultIsNamedByLineAndField(_ text: String, _ told: String) throws {
        let run = try take(text)
        #expect(run.status == 64)
        #expect(run.errors.contains(told))
    }
}
