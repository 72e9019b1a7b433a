import Foundation
import Ingest
import Metering
import Testing

@Suite struct WriteJudgeTests {
    private func judge(_ zone: TimeZone = kolkata, after stored: Reading? = nil) -> WriteJudge {
        WriteJudge(rule: WriteRule(), clock: LocalClock(zone: zone), lastStored: stored)
    }

    private func stored(_ readings: [Reading], _ zone: TimeZone = kolkata) -> [Reading] {
        var judge = judge(zone)
        return readings.flatMap { judge.take($0, isAlert: false) }
    }

    @Test func theFirstReadingIsStored() {
        #expect(stored([reading(0, 0)]).count == 1)
    }

    @Test func aMinuteOrAWattHourMakesARow() {
        let readings = stride(from: 0, through: 180, by: 5).map { reading(Double($0), 0.1) }
        #expect(stored(readings).map { $0.at.timeIntervalSince(start) } == [0, 60, 120, 180])
        let moving = (0...10).map { reading(Double($0), Double($0) * 0.5) }
        #expect(stored(moving).map { $0.at.timeIntervalSince(start) } == [0, 2, 4, 6, 8, 10])
    }

    @Test func twoDevicesAtStandstillDoNotDisturbEachOther() {
        var one = judge()
        var other = judge()
        var count = 0
        for second in 0..<10 {
            count += one.take(reading(Double(second), 5), isAlert: false).count
            count += other.take(reading(Double(second), 9), isAlert: false).count
        }
        #expect(count == 2)
    }

    @Test func aRelayChangeAnAlertABootAndADropAreAlwaysStored() {
        var judge = judge()
        _ = judge.take(reading(0, 1, relays: [], boot: 1, uptime: 10), isAlert: false)
        #expect(judge.take(reading(1, 1, relays: .first, boot: 1, uptime: 11), isAlert: false).count == 1)
        #expect(judge.take(reading(2, 1, relays: .first, boot: 1, uptime: 12), isAlert: true).count == 1)
        #expect(judge.take(reading(3, 1, relays: .first, boot: 1, uptime: 13), isAlert: false).isEmpty)
        // The reading before a break closes what it ends.
        #expect(
            judge.take(reading(4, 1, relays: .first, boot: 2, uptime: 1), isAlert: false).map {
                $0.at.timeIntervalSince(start)
            } == [3, 4])
        #expect(judge.take(reading(5, 1.2, relays: .first, boot: 2, uptime: 2), isAlert: false).isEmpty)
        #expect(
            judge.take(reading(6, 0.9, relays: .first, boot: 2, uptime: 3), isAlert: false).map {
                $0.at.timeIntervalSince(start)
            } == [5, 6])
        #expect(judge.take(reading(7, 0.9, relays: .first, boot: 2, uptime: 1), isAlert: false).count == 1)
    }

    @Test(arguments: [(kolkata, "18:30:00"), (berlin, "23:00:00")])
    func bothReadingsAroundLocalMidnightAreStored(_ zone: TimeZone, _ midnight: String) {
        let middle = at(midnight)
        let readings = stride(from: -22.0, through: 22, by: 4).map {
            Reading(at: middle.addingTimeInterval($0), register: Energy(milliwattHours: 100))
        }
        let rows = stored(readings, zone).map { $0.at.timeIntervalSince(middle) }
        #expect(rows == [-22, -2, 2])
    }

    /// The day on which Berlin's clocks go forward has 23 hours; midnight is where the zone says.
    @Test func theShortDayEndsWhereItsZoneSays() throws {
        let midnight = try Date("2026-03-29T22:00:00Z", strategy: .iso8601)
        let readings = [-30.0, -10, 10].map { Reading(at: midnight.addingTimeInterval($0), register: .zero) }
        #expect(stored(readings, berlin).count == 3)
    }

    @Test func aRestartGoesOnFromTheStoredReading() {
        var judge = judge(after: reading(0, 1))
        #expect(judge.take(reading(30, 1.5), isAlert: false).isEmpty)
        #expect(judge.take(reading(61, 1.5), isAlert: false).count == 1)
    }

    @Test func whatIsNotStoredIsStoredWhenTheDeviceFallsSilent() {
        var judge = judge()
        _ = judge.take(reading(0, 1), isAlert: false)
        #expect(judge.takeUnstored() == nil)
        _ = judge.take(reading(5, 1.1), isAlert: false)
        #expect(judge.takeUnstored()?.at == start.addingTimeInterval(5))
        #expect(judge.takeUnstored() == nil)
    }

    @Test func afterAFailedWriteTheNextReadingIsStored() {
        var judge = judge()
        _ = judge.take(reading(0, 1), isAlert: false)
        judge.forget()
        #expect(judge.take(reading(1, 1), isAlert: false).count == 1)
    }

    @Test func aLateReadingIsStoredAndChangesNothing() {
        var judge = judge()
        _ = judge.take(reading(100, 1), isAlert: false)
        #expect(judge.take(reading(50, 0.9), isAlert: false).count == 1)
        #expect(judge.take(reading(101, 1.1), isAlert: false).isEmpty)
    }
}
