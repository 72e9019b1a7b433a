import Analysis
import Control
import Foundation
import Ingest
import Metering
import Testing

@Suite struct DeviceSlotTests {
    private func slot(claimed: Bool = true) -> DeviceSlot {
        let meter = Meter(id: 7, name: "main", role: .main, limits: RegisterLimits())
        return DeviceSlot(
            DeviceProfile(
                id: 1, name: "Kitchen", household: claimed ? 3 : nil, clock: LocalClock(zone: kolkata),
                meters: claimed ? [meter] : []), rule: WriteRule())
    }

    private func take(_ body: String, _ slot: DeviceSlot, after seconds: Double = 0) throws -> TakenReadings {
        let uploads = try UploadReader.readings(in: bytes(body))
        return try slot.withState { try $0.take(uploads, arrival: start.addingTimeInterval(seconds)) }
    }

    /// An ACS712-5A clips at about 810 W at 230 V: what it shows there is the least that flows.
    @Test(arguments: [(3.2, false), (3.44, true), (3.6, true)])
    func aSensorAtItsEndIsKnown(_ amperes: Double, _ isClipping: Bool) throws {
        let slot = slot()
        _ = try take("{\"energy\":1,\"current\":\(amperes),\"current_limit\":3.5}", slot)
        #expect(slot.withState { $0.isClipping } == isClipping)
    }

    @Test func anAlarmOfASensorAtItsEndIsRaisedOnceAndEnds() throws {
        let slot = slot()
        var alarms: [LiveAlarm] = []
        var ended: [LiveAlarm] = []
        func send(_ amperes: Double, at seconds: Double, _ more: String = "") throws {
            let taken = try take("{\"energy\":1,\"current\":\(amperes)\(more)}", slot, after: seconds)
            alarms += taken.alarms
            ended += taken.ended
        }
        try send(1, at: 0, ",\"current_limit\":3.5")
        for number in 1...6 { try send(3.5, at: Double(number) * 5) }
        #expect(alarms.map(\.kind) == [.clipping])
        #expect(ended.isEmpty)
        try send(1, at: 40)
        #expect(alarms.count == 1)
        #expect(ended == alarms)
        #expect(slot.withState { $0.standing }.isEmpty)
    }

    @Test func whatWasLearnedUnderOtherSettingsGoesOnUnderThoseOfTheSlot() throws {
        let profile = slot().profile
        let slot = DeviceSlot(profile, rule: WriteRule(), alarms: LiveSettings(spikeRule: .always, leastSpike: 100))
        var learned = LiveDetector(zone: .gmt, settings: LiveSettings(spikeRule: .never))
        for number in 0..<100 {
            _ = learned.take(LiveReading(at: start.addingTimeInterval(Double(number - 101) * 5), power: 40))
        }
        let detector = learned
        slot.withState { $0.resume(from: [:], relays: RelayBoard(), detector: detector, standing: []) }
        var alarms: [LiveAlarm] = []
        for number in 0..<3 {
            alarms += try take("{\"energy\":1,\"power\":120}", slot, after: Double(number) * 5).alarms
        }
        #expect(alarms.map(\.kind) == [.spike])
    }

    @Test func withoutAKnownEndNothingClips() throws {
        let slot = slot()
        _ = try take("{\"energy\":1,\"current\":30}", slot)
        #expect(!slot.withState { $0.isClipping })
    }

    /// What decides whether a contact may open: the most that the last reading tells of, or nothing.
    @Test(
        arguments: [
            (#""current":3,"power":460,"voltage":230"#, 3.0), (#""current":1,"power":460,"voltage":230"#, 2),
            (#""current":3"#, 3), (#""power":460,"voltage":230"#, 2), (#""power":460"#, nil), (#""voltage":230"#, nil),
            (#""current":3.5,"current_limit":3.5"#, nil), (#""power":46,"voltage":0"#, 46),
        ] as [(String, Double?)])
    func theAmperesAreThoseOfTheLastReading(_ fields: String, _ amperes: Double?) throws {
        let slot = slot()
        _ = try take("{\"energy\":1,\"current\":9}", slot)
        _ = try take("{\"energy\":1,\(fields)}", slot, after: 5)
        #expect(slot.withState { $0.relays.amperes } == amperes)
    }

    @Test func aDeviceSaysWithEachReadingForHowLongItOpensARelay() throws {
        let slot = slot()
        _ = try take(#"{"energy":1,"pulse_ms":3000}"#, slot)
        #expect(slot.withState { $0.longestPulse } == 3000)
        _ = try take(#"{"energy":1}"#, slot, after: 5)
        #expect(slot.withState { $0.longestPulse } == nil)
        for (body, field) in [
            (#"{"energy":1,"pulse_ms":-1}"#, "pulse_ms"), (#"{"energy":1,"pulse_id":"x"}"#, "pulse_id"),
            (#"{"energy":1,"pulse_before":2e6}"#, "pulse_before"), (#"{"energy":1,"pulse_open":[]}"#, "pulse_open"),
        ] {
            let error = try #require(throws: IngestError.self) { try take(body, slot, after: 10) }
            #expect(error.field == field)
        }
    }

    @Test func whatNobodyHasClaimedIsShownAndNotStored() throws {
        let slot = slot(claimed: false)
        #expect(try take("{\"energy\":1,\"power\":60}", slot).rows.isEmpty)
        #expect(slot.withState { $0.latest?.power } == 60)
    }

    @Test func aReadingWithoutARegisterIsShownAndNotStored() throws {
        let slot = slot()
        #expect(try take("{\"energy\":null,\"power\":60}", slot).rows.isEmpty)
        #expect(slot.withState { $0.latest?.power } == 60)
    }

    @Test func aMeterThatTheDeviceDoesNotCarryIsRefused() throws {
        let slot = slot()
        let error = try #require(throws: IngestError.self) { try take("{\"energy\":1,\"meter\":\"garage\"}", slot) }
        #expect(error.field == "meter")
        #expect(slot.withState { $0.latest } == nil)
    }

    @Test func theDayCountsFromTheReadingsAndBeginsAnewAtLocalMidnight() throws {
        let slot = slot()
        let beforeMidnight = at("18:29:00").timeIntervalSince(start)
        _ = try take("{\"energy\":10}", slot, after: beforeMidnight)
        _ = try take("{\"energy\":10.5}", slot, after: beforeMidnight + 30)
        #expect(slot.withState { $0.today?.energy } == Energy(milliwattHours: 500_000))
        _ = try take("{\"energy\":10.6}", slot, after: beforeMidnight + 90)
        #expect(slot.withState { $0.today?.energy } == Energy(milliwattHours: 100_000))
    }

    @Test func anOldReadingChangesNothingThatIsShown() throws {
        let slot = slot()
        _ = try take("{\"energy\":2,\"power\":100}", slot)
        let old = start.addingTimeInterval(-3600).timeIntervalSince1970
        let taken = try take("{\"energy\":1,\"power\":5,\"at\":\(Int(old))}", slot, after: 5)
        #expect(taken.rows.count == 1)
        #expect(slot.withState { $0.latest?.power } == 100)
    }
}
