import Analysis
import Foundation
import Metering
import Testing

struct LiveDetectorTests {
    private func learned(cadence: Double = 60) -> Bench {
        var bench = Bench()
        bench.cadence = cadence
        bench.live(days: 10)
        bench.forgetAlarms()
        return bench
    }

    // What must stay quiet

    @Test(arguments: [15.0, 30, 60]) func anOrdinaryHomeIsLeftInPeace(cadence: Double) {
        var bench = Bench()
        bench.cadence = cadence
        bench.live(days: 8)
        bench.forgetAlarms()
        bench.live(days: 7)
        #expect(bench.alarms.isEmpty)
    }

    @Test func anInrushIsNoAlarm() {
        var bench = learned()
        bench.relays = (false, true)
        for _ in 0..<5 {
            bench.run(6000, minutes: 2)
            bench.run(60, minutes: 20)
        }
        #expect(bench.alarms.isEmpty)
    }

    @Test func lostReadingsAndAGapAreNoAlarm() {
        var bench = learned()
        bench.beSilent(minutes: 4)
        bench.live(days: 1)
        #expect(bench.alarms.isEmpty)
    }

    @Test func aLoadThatStopsWithItsRelayIsNoAlarm() {
        var bench = learned()
        for _ in 0..<5 {
            bench.relays = (true, false)
            bench.run(2000, minutes: 4)
            bench.relays = (false, false)
            bench.run(2, minutes: 30)
        }
        #expect(bench.alarms.isEmpty)
    }

    @Test func aNewApplianceIsOrdinaryFromItsFourthDayOn() {
        var bench = learned()
        for _ in 0..<3 {
            bench.live(days: 1)
            bench.boil(2900, minutes: 5)
        }
        #expect(bench.found(.heavier).count >= 1)
        bench.forgetAlarms()
        for _ in 0..<3 {
            bench.live(days: 1)
            bench.boil(2900, minutes: 5)
        }
        #expect(bench.alarms.isEmpty)
    }

    @Test func aLongRunIsOrdinaryOnceItHasComeBackThoughShortOnesLieBetween() {
        var bench = learned()
        for _ in 0..<3 {
            bench.live(days: 1)
            bench.relays = (false, true)
            bench.run(62, minutes: 480)
            bench.relays = (false, false)
            bench.run(2, minutes: 60)
        }
        #expect(bench.found(.leftOn).count >= 1)
        bench.forgetAlarms()
        for _ in 0..<3 {
            bench.live(days: 1)
            bench.relays = (false, true)
            bench.run(62, minutes: 480)
            bench.relays = (false, false)
            bench.run(2, minutes: 60)
        }
        #expect(bench.found(.leftOn).isEmpty)
    }

    // What must be found

    @Test func aHeavierLoadIsFoundAtItsThirdReadingWithItsSocket() throws {
        var bench = learned()
        bench.relays = (false, true)
        bench.run(62, minutes: 30)
        let start = bench.now
        bench.run(1500, minutes: 10)
        let alarm = try #require(bench.alarms.first)
        #expect(bench.alarms.count == 1)
        #expect(alarm.kind == .heavier)
        #expect(alarm.socket == .second)
        #expect(alarm.probability > 0.7)
        #expect(alarm.start == start + 180)
        #expect(alarm.observed == 1500)
    }

    @Test func whatRunsOnIsFound() throws {
        var bench = learned()
        bench.relays = (false, true)
        bench.run(62, minutes: 480)
        let alarm = try #require(bench.found(.leftOn).first)
        #expect(alarm.socket == .second)
        #expect(bench.alarms.allSatisfy { $0.kind == .leftOn })
    }

    @Test func bothSocketsTogetherAreFound() throws {
        var bench = learned()
        bench.live(days: 3)
        bench.relays = (true, true)
        bench.run(62, minutes: 10)
        bench.run(2060, minutes: 6)
        bench.run(4010, minutes: 6)
        let alarm = try #require(bench.found(.twoAtOnce).first)
        #expect(alarm.socket == .both)
    }

    /// The third reading decides what is held, the newest how large it is.
    @Test func twoThatBeginOneAfterTheOtherAreNotTakenForTheFirst() throws {
        var bench = Bench()
        bench.run(40, minutes: 8 * 24 * 60)
        bench.forgetAlarms()
        for watts in [1000.0, 3650, 3650] { bench.tell(watts) }
        let alarm = try #require(bench.alarms.first)
        #expect(alarm.kind == .twoAtOnce)
        #expect(alarm.socket == .both)
    }

    /// While nothing tells, the answer says so.
    @Test func aLoadThatMayHangOnEitherSocketIsNamedWithDoubt() throws {
        var bench = Bench()
        bench.run(40, minutes: 8 * 24 * 60)
        bench.forgetAlarms()
        bench.run(1500, minutes: 3)
        #expect(try #require(bench.alarms.first).probability == 0.5)
    }

    @Test func aMachineThatBeginsAFewMinutesAfterItWasGivenPowerIsNamed() throws {
        var bench = Bench()
        bench.relays = (true, false)
        bench.run(40, minutes: 8 * 24 * 60)
        bench.forgetAlarms()
        bench.relays = (true, true)
        bench.run(40, minutes: 4)
        bench.run(1500, minutes: 3)
        let alarm = try #require(bench.alarms.first)
        #expect(alarm.socket == .second)
        #expect(alarm.probability == 0.75)
    }

    @Test func aContactThatDoesNotOpenIsFound() throws {
        var bench = learned()
        bench.relays = (true, false)
        bench.run(2, minutes: 2)
        bench.run(2000, minutes: 3)
        bench.relays = (false, false)
        let off = bench.now
        bench.run(2000, minutes: 5)
        let alarm = try #require(bench.found(.stuckRelay).first)
        #expect(bench.alarms.count == 1, "it is said once")
        #expect(alarm.socket == .first)
        #expect(alarm.probability > 0.8)
        #expect(alarm.start == off + 180)
        #expect(!bench.detector.isOver(alarm))
        bench.run(2, minutes: 5)
        #expect(bench.detector.isOver(alarm))
    }

    @Test func aDeviceNobodyKnowsIsWatchedByTheFirstRule() throws {
        var bench = Bench()
        bench.run(40, minutes: 120)
        bench.run(900, minutes: 10)
        let alarm = try #require(bench.alarms.first)
        #expect(alarm.kind == .spike)
        #expect(alarm.usual < 100)
        bench.run(40, minutes: 30)
        bench.run(900, minutes: 10)
        #expect(bench.alarms.count == 1, "what was held before is no news")
    }

    @Test func theFirstRuleStaysWhereItIsAskedFor() {
        var bench = Bench(LiveSettings(spikeRule: .always))
        bench.live(days: 9)
        bench.forgetAlarms()
        bench.live(days: 1)
        #expect(bench.found(.spike).count == 3)
    }

    @Test func theMainsOutOfItsBandIsFoundAndEnds() throws {
        var bench = learned()
        bench.volts = 190
        bench.run(60, minutes: 5)
        let alarm = try #require(bench.found(.voltage).first)
        #expect(alarm.observed == 190)
        #expect(alarm.socket == .none)
        bench.volts = 230
        bench.run(60, minutes: 3)
        #expect(bench.detector.isOver(alarm))
    }

    @Test func aSensorAtItsEndIsFoundAndEnds() throws {
        var bench = Bench()
        bench.currentLimit = 20
        bench.run(2300, minutes: 2)
        bench.currentLimit = nil
        bench.run(4600, minutes: 5)
        let alarm = try #require(bench.found(.clipping).first)
        #expect(bench.found(.clipping).count == 1)
        #expect(!bench.detector.isOver(alarm))
        bench.run(2300, minutes: 1)
        #expect(bench.detector.isOver(alarm))
    }

    @Test func whatIsSetHoldsForWhatWasLearnedUnderOtherSettings() throws {
        var bench = Bench()
        bench.live(days: 9)
        bench.forgetAlarms()
        try bench.restart(LiveSettings(spikeRule: .always, heldReadings: 1))
        bench.relays = (true, false)
        bench.tell(2000)
        #expect(bench.found(.spike).count == 1)
        try bench.restart(LiveSettings(spikeRule: .never))
        bench.forgetAlarms()
        bench.live(days: 1)
        #expect(bench.alarms.isEmpty)
    }

    @Test func aRegisterThatStandsStillIsFound() {
        var bench = learned()
        bench.relays = (true, false)
        bench.isRegisterStuck = true
        bench.run(2000, minutes: 15)
        #expect(bench.found(.register).count == 1)
    }

    @Test func aSilentDeviceIsToldOnce() throws {
        var bench = learned()
        bench.beSilent(minutes: 30)
        let alarm = try #require(bench.alarms.first)
        #expect(bench.alarms.count == 1)
        #expect(alarm.kind == .offline)
        #expect(!bench.detector.isOver(alarm))
        bench.tell(2)
        #expect(bench.detector.isOver(alarm))
    }

    // Laws

    @Test func noLaterReadingChangesAnAlarm() {
        let readings = Self.randomReadings(count: 40_000, seed: 3)
        var whole = LiveDetector(zone: .gmt)
        let all = readings.flatMap { whole.take($0) }
        #expect(all.count > 4)
        for cut in [11_111, 20_000, 33_333] {
            var part = LiveDetector(zone: .gmt)
            let before = readings[..<cut].flatMap { part.take($0) }
            #expect(before == all.filter { $0.start < readings[cut].at })
        }
    }

    @Test func aRestartChangesNothing() throws {
        let readings = Self.randomReadings(count: 30_000, seed: 5)
        var through = LiveDetector(zone: .gmt)
        var stored = LiveDetector(zone: .gmt)
        for (number, reading) in readings.enumerated() {
            #expect(through.take(reading) == stored.take(reading))
            guard number % 997 == 0 else { continue }
            stored = try JSONDecoder().decode(LiveDetector.self, from: JSONEncoder().encode(stored))
        }
    }

    @Test func whatIsStoredStaysBelowFourKilobytes() throws {
        var detector = LiveDetector(zone: .gmt)
        for reading in Self.randomReadings(count: 100_000, seed: 7) { _ = detector.take(reading) }
        #expect(try JSONEncoder().encode(detector).count < 4096)
        #expect(MemoryLayout<LiveDetector>.size < 1024)
    }

    @Test func aReadingThatIsNotLaterIsLeftOut() {
        var bench = learned()
        var again = bench.detector
        #expect(again.take(bench.reading(9000)).isEmpty)
        bench.tell(2)
    }

    /// A wild home: loads of all sizes come and go, relays are switched at random, readings are lost.
    static func randomReadings(count: Int, seed: UInt64) -> [LiveReading] {
        var random = Lottery(seed: seed)
        var at = Date(timeIntervalSince1970: 1_767_571_200)
        var (first, second, base, register) = (0.0, 0.0, 50.0, 0.0)
        var relays = (true, true)
        return (0..<count).map { _ in
            at += random.share() < 0.001 ? 2000 : 60
            if random.share() < 0.02 { first = random.share() < 0.5 ? 0 : 3000 * random.share() }
            if random.share() < 0.02 { second = random.share() < 0.5 ? 0 : 1500 * random.share() }
            if random.share() < 0.01 { relays = (random.share() < 0.7, random.share() < 0.7) }
            if random.share() < 0.01 { base = 200 * random.share() }
            let power = base + (relays.0 ? first : 0) + (relays.1 ? second : 0) + 3 * random.share()
            register += power / 60
            return LiveReading(
                at: at, voltage: 230 + 30 * (random.share() - 0.5), current: power / 230, power: power,
                register: Energy(milliwattHours: Int64(register * 1000)), relay1: relays.0, relay2: relays.1)
        }
    }
}

/// Small, seeded, the same on every machine (SplitMix64).
struct Lottery {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// 0 up to 1.
    mutating func share() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
    }
}
