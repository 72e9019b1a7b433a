import Control
import Foundation
import Testing

struct QuietHoursTests {
    @Test(arguments: [
        // 22:00, 21:59, 7:00 and 6:59 in Berlin, in winter and in summer.
        ("2026-01-10T21:00:00Z", true), ("2026-01-10T20:59:59Z", false), ("2026-01-10T06:00:00Z", false),
        ("2026-01-10T05:59:59Z", true), ("2026-07-10T20:00:00Z", true), ("2026-07-10T05:00:00Z", false),
        // The night in which the clocks go forward.
        ("2026-03-29T00:59:59Z", true), ("2026-03-29T01:00:00Z", true), ("2026-03-29T05:00:00Z", false),
    ])
    func theNightLiesBetweenTenAndSeven(_ text: String, _ isQuiet: Bool) throws {
        let quiet = QuietHours(zone: try #require(TimeZone(identifier: "Europe/Berlin")))
        #expect(quiet.contain(try instant(text)) == isQuiet)
    }

    @Test func hoursWithinADayAndNoneAtAll() throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        let siesta = QuietHours(from: 13 * 60, to: 15 * 60, zone: zone)
        #expect(siesta.contain(try instant("2026-01-10T13:00:00Z")))
        #expect(!siesta.contain(try instant("2026-01-10T15:00:00Z")))
        #expect(!QuietHours(from: 0, to: 0, zone: zone).contain(try instant("2026-01-10T00:00:00Z")))
    }
}
