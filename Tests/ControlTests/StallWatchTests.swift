import Control
import Foundation
import Metering
import Testing

struct StallWatchTests {
    private let start = Date(timeIntervalSince1970: 1_772_000_000)

    /// Readings five seconds apart of a register that counts the given share of what flows, in steps of `step` watt-hours.
    private func readings(
        _ minutes: Double, power: Float = 600, share: Double, from begin: Double = 0, step: Double = 0.001
    )
        -> [Reading]
    {
        stride(from: 0, through: minutes * 60, by: 5).map { seconds in
            let counted = begin + Double(power) * seconds / 3600 * share
            let shown = (counted / step).rounded(.down) * step
            return Reading(
                at: start + begin * 3600 + seconds, register: Energy(milliwattHours: Int64(shown * 1000)), power: power)
        }
    }

    private func changes(_ readings: [Reading]) -> [Bool] {
        var watch = StallWatch()
        return readings.compactMap { watch.take($0) }
    }

    @Test(arguments: [(0.0, true), (0.04, true), (0.06, false), (1, false)])
    func aRegisterThatShowsLessThanATwentiethHasStalled(share: Double, hasStalled: Bool) {
        #expect(changes(readings(30, share: share)) == (hasStalled ? [true] : []))
    }

    @Test func itTakesTenMinutes() {
        #expect(changes(readings(9.9, share: 0)).isEmpty)
        #expect(changes(readings(10, share: 0)) == [true])
    }

    @Test func theStallTellsThePowerAndEndsWhenTheRegisterCounts() {
        var watch = StallWatch()
        for reading in readings(15, share: 0) { _ = watch.take(reading) }
        #expect(watch.hiddenPower.map { ($0 * 1000).rounded() } == 600_000)
        let next = Reading(at: start + 15 * 60 + 5, register: Energy(milliwattHours: 833), power: 600)
        #expect(watch.take(next) == false)
        #expect(watch.hiddenPower == nil)
    }

    @Test func aRegisterThatBeginsAgainAtZeroIsNotStalled() {
        var watch = StallWatch()
        for reading in readings(15, share: 0, from: 0) { _ = watch.take(reading) }
        #expect(watch.take(Reading(at: start + 910, register: Energy(milliwattHours: -1), power: 600)) == false)
    }

    @Test func littlePowerNoPowerAndGapsSayNothing() {
        #expect(changes(readings(120, power: 29, share: 0)).isEmpty)
        var silent = readings(30, share: 0)
        for index in silent.indices { silent[index].power = nil }
        #expect(changes(silent).isEmpty)
        let seldom = readings(30, share: 0).enumerated().filter { $0.offset % 80 == 0 }.map(\.element)
        #expect(changes(seldom).isEmpty)
        var interrupted = readings(30, share: 0)
        for index in stride(from: 0, to: interrupted.count, by: 100) { interrupted[index].power = 5 }
        #expect(changes(interrupted).isEmpty)
    }

    @Test func aCoarseRegisterIsGivenTheTimeOfItsSteps() {
        // 40 W take a quarter of an hour for a step of ten watt-hours.
        #expect(changes(readings(24 * 60, power: 40, share: 1, step: 10)).isEmpty)
        #expect(changes(readings(24 * 60, power: 40, share: 0, step: 10)) == [true])
        // A hundred watt-hours at 600 W.
        #expect(changes(readings(24 * 60, power: 600, share: 1, step: 50)).isEmpty)
    }

    @Test func aReadingThatComesTwiceSaysNothing() {
        #expect(changes(readings(15, share: 0).flatMap { [$0, $0] }) == [true])
    }
}
