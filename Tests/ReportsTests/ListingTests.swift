import Foundation
import Metering
import Reports
import TestSupport
import Testing

struct ListingTests {
    private func clock(_ zone: String) throws -> LocalClock {
        LocalClock(zone: try #require(TimeZone(identifier: zone)))
    }

    private func periods(in zone: String) throws -> [PeriodConsumption] {
        let clock = try clock(zone)
        let start = clock.start(of: "2025-03-30")
        let readings = (0...1380).map { minute in
            Reading(
                at: start.addingTimeInterval(Double(minute) * 60),
                register: Energy(milliwattHours: 5_000_000 + Int64(minute) * 1000))
        }
        let history = RegisterHistory(readings)
        let boundaries = clock.boundaries(by: .day, from: "2025-03-30", to: "2025-04-01")
        return history.periods(between: boundaries, by: RepairedRegister(history, on: clock))
    }

    @Test func aDayWithoutDataHasNoFigureWhichIsNotZero() throws {
        let listing = Listing(try periods(in: "Europe/Berlin"), on: try clock("Europe/Berlin"))
        #expect(
            listing.text(as: .csv) == """
                start,end,kwh,coverage,quality,raw_max_min_kwh
                2025-03-30T00:00:00+01:00,2025-03-31T00:00:00+02:00,1.380000,1.0000,measured,1.379000
                2025-03-31T00:00:00+02:00,2025-04-01T00:00:00+02:00,,0.0000,missing,0.000000

                """)
    }

    @Test func theSameRowsAreJSONAndATable() throws {
        let listing = Listing(try periods(in: "Europe/Berlin"), on: try clock("Europe/Berlin"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(listing.text(as: .json).utf8)) as? [[String: Any]])
        #expect(json.map { $0["kwh"] as? Double } == [1.38, nil])
        #expect(json[1]["kwh"] is NSNull)
        let lines = listing.text(as: .table).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasSuffix("1.380000    1.0000  measured         1.379000"))
    }

    @Test func eventsAreToldToTheLastMilliwattHour() throws {
        let start = try Date("2025-05-01T18:30:00Z", strategy: .iso8601)
        let readings = [1000.0, 1000.1, 0, 0.2].enumerated().map { index, register in
            Reading(
                at: start.addingTimeInterval(Double(index) * 60),
                register: Energy(milliwattHours: Int64((register * 1e6).rounded())))
        }
        let events = RepairedRegister(RegisterHistory(readings)).events
        #expect(
            Listing(events, on: try clock("Asia/Kolkata")).text(as: .csv) == """
                at,kind,before_kwh,after_kwh,credited_kwh
                2025-05-02T00:02:00+05:30,reset,1000.100000,0.000000,0.000000

                """)
    }

    @Test func monthsAreCutWhereTheDaysWantedEnd() throws {
        let clock = try clock("Asia/Kolkata")
        let boundaries = clock.boundaries(by: .month, from: "2025-01-15", to: "2025-03-10")
        #expect(boundaries.map(clock.date(at:)) == ["2025-01-15", "2025-02-01", "2025-03-01", "2025-03-10"])
        #expect(clock.boundaries(by: .hour, from: "2025-01-15", to: "2025-01-16").count == 25)
    }

    @Test func nothingIsAnEmptyList() throws {
        let listing = Listing([RegisterEvent](), on: try clock("UTC"))
        #expect(listing.text(as: .json) == "[]\n")
        #expect(listing.text(as: .csv) == "at,kind,before_kwh,after_kwh,credited_kwh\n")
    }
}
