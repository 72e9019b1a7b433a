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

    @Test func withoutAKnownEndNothingClips() throws {
        let slot = slot()
        _ = try take("{\"energy\":1,\"current\":30}", slot)
        #expect(!slot.withState { $0.isClipping })
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
