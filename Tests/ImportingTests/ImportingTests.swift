import Foundation
import Importing
import Metering
import TestSupport
import Testing

struct ReadingFileTests {
    private func options(_ household: String? = "h", zone: String = "Asia/Kolkata", main: String? = nil) throws
        -> ReadingFile.Options
    {
        ReadingFile.Options(household: household, zone: try #require(TimeZone(identifier: zone)), main: main)
    }

    /// Writes the text to a file and reads it as the program does.
    private func read(_ text: String, _ options: ReadingFile.Options) throws -> (ReadingFile.Survey, [MeterReadings]) {
        let path = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return try read(path: path.path(), options)
    }

    private func read(path: String, _ options: ReadingFile.Options) throws -> (ReadingFile.Survey, [MeterReadings]) {
        var file = try ReadingFile(path: path, options: options)
        let survey = try file.survey { _ in }
        var batches: [MeterReadings] = []
        while let batch = try file.nextBatch(progress: { _ in }) { batches += batch }
        return (survey, batches)
    }

    private func instant(_ text: String) throws -> Date {
        try Date(text, strategy: .iso8601)
    }

    @Test func theColumnsAreFoundByTheirNamesInAnyOrder() throws {
        let (survey, meters) = try read(
            """
            relay2,energy_kWh,power_W,timestamp,relay1,boot_id,seq,voltage
            0,12.345678,230.5,2025-01-01T00:00:00+05:30,1,7,1,231
            1,12.3456785,,2025-01-01T00:01:00+05:30,0,7,2,
            """, try options())
        #expect(survey.faults.count == 0)
        let meter = try #require(meters.first)
        #expect(meter.cadence == 60)
        #expect(meter.role == .main)
        let expected = [
            Reading(
                at: try instant("2024-12-31T18:30:00Z"), register: Energy(milliwattHours: 12_345_678), power: 230.5,
                voltage: 231, relays: .first, bootID: 7, sequence: 1),
            Reading(
                at: try instant("2024-12-31T18:31:00Z"), register: Energy(milliwattHours: 12_345_679), relays: .second,
                bootID: 7, sequence: 2),
        ]
        #expect(meter.readings == expected)
    }

    @Test func eachFaultIsNamedByFieldAndLinesAndGoodLinesStay() throws {
        let (survey, meters) = try read(
            """
            timestamp,energy_kWh,power_W
            2025-01-01 00:00:00,1.0,5
            2025-01-01 00:01:00,x,5
            2025-01-01 00:02:00,x,5
            noon,1.2,5
            2025-01-01 00:03:00,-4,5
            2025-01-01 00:04:00,1.2
            2025-01-01 00:05:00,1.3,five
            2025-02-30 00:05:00,1.3,5
            2025-01-01 00:06:00,1.4,5
            """, try options())
        #expect(
            survey.faults.descriptions == [
                "energy_kWh: 'x' is not a number: lines 3-4 (2 in all)",
                "timestamp: 'noon' is not a time: line 5",
                "energy_kWh: a figure of energy is below zero: line 6",
                "line: it has not the 3 fields that the header names: line 7",
                "power_W: 'five' is not a number: line 8",
                "timestamp: '2025-02-30 00:05:00' is not a time: line 9",
            ])
        #expect(survey.faults.count == 7)
        #expect(meters.first?.readings.map(\.register.milliwattHours) == [1_000_000, 1_400_000])
    }

    @Test func intervalsAreAddedUpAndAMissingStretchStaysFlat() throws {
        let (_, meters) = try read(
            """
            household,timestamp,kwh
            A,2025-01-01 00:00:00,0.5
            A,2025-01-01 00:30:00,0.25
            A,2025-01-01 03:00:00,1
            A,2025-01-01 03:30:00,1
            B,2025-01-01 00:00:00,7
            """, try options(nil))
        #expect(meters.map(\.household) == ["A", "B"])
        #expect(meters[0].isDerived)
        let minutes = try meters[0].readings.map { $0.at.timeIntervalSince(try instant("2024-12-31T18:30:00Z")) / 60 }
        #expect(minutes == [0, 30, 60, 180, 210, 240])
        #expect(
            meters[0].readings.map(\.register.milliwattHours) == [0, 500_000, 750_000, 750_000, 1_750_000, 2_750_000])
    }

    @Test func wattsOverTheirIntervalsMakeEnergyWithoutLoss() throws {
        let lines = (0..<3600).map { "2025-01-01T\(String(format: "%02d:%02d", $0 / 60 % 24, $0 % 60)):00Z,0.001" }
        let (survey, meters) = try read(
            "timestamp,kettle_W\n" + lines.prefix(1440).joined(separator: "\n"), try options())
        #expect(survey.faults.count == 0)
        // 1 mW over 24 hours.
        #expect(meters.first?.readings.last?.register.milliwattHours == 24)
        #expect(meters.first?.role == .sub)
    }

    @Test func anHourThatComesTwiceIsReadInItsOrder() throws {
        let (survey, meters) = try read(
            """
            timestamp,energy_kWh
            2025-10-26 01:30:00,1
            2025-10-26 02:30:00,2
            2025-10-26 02:30:00,3
            2025-10-26 03:30:00,4
            """, try options(zone: "Europe/Berlin"))
        #expect(survey.faults.count == 0)
        let hours = try #require(meters.first).readings.map(\.at)
        #expect(zip(hours, hours.dropFirst()).map { $1.timeIntervalSince($0) } == [3600, 3600, 3600])
    }

    @Test func energyOfAnHourThatNeverWasIsKept() throws {
        let (survey, meters) = try read(
            """
            timestamp,kwh
            2025-03-30 01:00:00,1
            2025-03-30 02:00:00,1
            2025-03-30 03:00:00,1
            """, try options(zone: "Europe/Berlin"))
        #expect(survey.notes.count == 1)
        #expect(meters.first?.readings.last?.register == .kilowattHours(3))
    }

    @Test func aClockThatDidNotGoForwardLosesNoEnergyAndShowsNoImpossiblePower() throws {
        let start = try instant("2025-03-29T23:00:00Z")
        let lines = (0..<360).map { minute in
            let label = (start + TimeInterval(minute * 60 + 3600)).formatted(.iso8601).dropLast()
            return "\(label),\(10 + Double(minute) / 60)"
        }
        let (survey, meters) = try read(
            "timestamp,energy_kWh\n" + lines.joined(separator: "\n"), try options(zone: "Europe/Berlin"))
        #expect(survey.notes.count == 1)
        let readings = try #require(meters.first).readings
        let history = RegisterHistory(readings)
        let repaired = RepairedRegister(history, limits: RegisterLimits(maximumPower: 10_000))
        let span = try #require(repaired.span)
        let whole = try #require(repaired.consumption(between: [span.lowerBound, span.upperBound]).first)
        #expect(whole.energy == (readings.last?.register ?? .zero) - (readings.first?.register ?? .zero))
        #expect(repaired.events.map(\.kind) == [.gap])
        #expect(whole.period.seconds == 299 * 60)
    }

    @Test func aValueMarkedAsMadeUpIsLeftOut() throws {
        let (survey, meters) = try read(
            """
            timestamp_utc,grid_import_kWh,pv_kWh,interpolated_values
            2025-01-01 00:00:00,1,5,
            2025-01-01 01:00:00,2,6,grid_import
            2025-01-01 02:00:00,3,,
            2025-01-01 03:00:00,4,7,grid_import | pv
            """, try options())
        #expect(meters.map(\.role) == [.main, .production])
        #expect(meters[0].readings.map(\.register) == [.kilowattHours(1), .kilowattHours(3)])
        #expect(meters[1].readings.map(\.register) == [.kilowattHours(5), .kilowattHours(6)])
        #expect(survey.notes == ["values marked as made up, left out: 3"])
    }

    @Test(arguments: [
        ("household,first,last\n1,2,3", "no column tells the time"), ("timestamp,voltage\n", "no column tells energy"),
        ("", "is empty"), ("timestamp,energy_kWh,Energy_kwh\n", "two columns are named"),
    ])
    func aHeaderThatDoesNotDoIsRefusedWithItsReason(_ text: String, _ reason: String) throws {
        let options = try options()
        let error = #expect(throws: ImportError.self) { try read(text, options) }
        #expect(error?.message.contains(reason) == true)
    }

    @Test func aFileThatDoesNotSayWhoseItIsNeedsTheHousehold() throws {
        let options = try options(nil)
        #expect(throws: ImportError.self) { try read("timestamp,energy_kWh\n2025-01-01,1", options) }
    }

    @Test(arguments: ["1,5", "--3", "1.2.3", "", ".", "0x10", "1e400", "99999999999999999999"])
    func whatIsNoNumberIsAFault(_ text: String) throws {
        let (survey, meters) = try read("timestamp;energy_kWh\n2025-01-01 00:00;\(text)\n", try options())
        #expect(survey.faults.count == (text.isEmpty ? 0 : 1))
        #expect(meters.isEmpty)
    }

    @Test(
        .enabled(if: SharedData.isThere, "the shared data are not on this machine"),
        arguments: [
            ("counters/opsd_residential4_hourly_counters.csv.gz", 9, 11_635),
            ("minute/uci_sceaux_hourly_2006-12_2009-11.csv.gz", 1, 25_926),
            ("halfhourly/sgsc_daily.csv.gz", 49, 29_249), ("minute/uci_sceaux_10min_2008.csv.gz", 1, 52_694),
            ("minute/refit_house2_1min.csv.gz", 1, 676_251), ("minute/refit_house2_sockets_1min.csv.gz", 4, 676_251),
            ("minute/uci_sceaux_1min_2006-12_2007-06.csv.gz", 4, 250_000),
            ("halfhourly/sgsc_halfhourly.csv.gz", 49, 1_394_119),
        ])
    func theSharedFilesAreReadAsTheyAre(_ name: String, _ meterCount: Int, _ lineCount: Int) throws {
        let path = SharedData.folder.appending(path: name).path()
        let (survey, meters) = try read(path: path, try options())
        #expect(survey.lineCount == lineCount)
        #expect(survey.faults.descriptions == [])
        #expect(Set(meters.map { $0.household + $0.meter }).count == meterCount)
    }

    @Test(.enabled(if: SharedData.isThere, "the shared data are not on this machine"))
    func theListOfHouseholdsIsRefusedAsNoReadings() throws {
        let path = SharedData.folder.appending(path: "halfhourly/sgsc_households.csv").path()
        let options = try options()
        #expect(throws: ImportError.self) { try read(path: path, options) }
    }
}
