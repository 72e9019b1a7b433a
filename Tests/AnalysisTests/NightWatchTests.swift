import Analysis
import Foundation
import Metering
import TestSupport
import Testing

/// A home whose half hours the test makes: a restless day of some 8 kWh unless told otherwise.
private struct Home {
    private(set) var intervals: [WatchedInterval] = []
    private var random = Lottery(seed: 11)
    private var register = 1e9
    private var at: Date

    init(from first: LocalDate = "2026-01-01") {
        at = LocalClock(zone: .gmt).start(of: first)
    }

    /// Lets a half hour pass.
    mutating func add(power: Double?, voltage: Double? = 230, counts: Bool = true) {
        let period = at..<at + 1800
        at += 1800
        guard let power else {
            register += 150_000
            return
        }
        if counts { register += power * 500 }
        intervals.append(
            WatchedInterval(
                period, power: power, voltage: voltage, register: Energy(milliwattHours: Int64(register))))
    }

    /// Lets days pass.
    mutating func live(
        days: Int, extra: Double = 0, factor: Double = 1, voltage: Double = 230, counts: Bool = true
    ) {
        for _ in 0..<days {
            for half in 0..<48 { add(power: usual(half) * factor + extra, voltage: voltage, counts: counts) }
        }
    }

    mutating func usual(_ half: Int) -> Double {
        let base = (70 + 30 * random.share()).rounded()
        let evening = (34...44).contains(half) ? 500 + 600 * random.share() : 0
        let meal = random.share() < 0.08 ? 1500 * random.share() : 0
        return base + evening + meal
    }

    func findings(_ feedback: [FindingFeedback] = []) -> [NightFinding] {
        var watch = NightWatch(LocalClock(zone: .gmt), feedback: feedback)
        return intervals.flatMap { watch.take($0) } + watch.closeDay()
    }
}

struct NightWatchTests {
    private func learned() -> Home {
        var home = Home()
        home.live(days: 60)
        return home
    }

    private func found(after change: (inout Home) -> Void) -> [NightFinding] {
        var home = learned()
        let before = home.findings()
        change(&home)
        return home.findings().filter { !before.contains($0) }
    }

    @Test func anOrdinaryHomeIsLeftInPeace() {
        var home = Home()
        home.live(days: 240)
        #expect(home.findings().count <= 8)
    }

    @Test func aDayOfMuchMoreIsFound() throws {
        let found = found { home in
            home.live(days: 1, factor: 2.5)
            home.live(days: 1)
        }
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect([.highDay, .leftOn].contains(finding.kind))
        #expect(try #require(finding.extra) > .kilowattHours(3))
    }

    @Test func whatRunsThroughDayAndNightIsFound() throws {
        let found = found { home in
            for half in 0..<96 { home.add(power: home.usual(half % 48) + ((26..<74).contains(half) ? 300 : 0)) }
            home.live(days: 1)
        }
        let finding = try #require(found.first { $0.kind == .leftOn })
        #expect(finding.observed - finding.usual > 200)
        #expect(finding.period.upperBound.timeIntervalSince(finding.period.lowerBound) == 86_400)
    }

    @Test func aNightLevelThatRisesAndStaysIsFoundOnce() throws {
        let found = found { $0.live(days: 10, extra: 40) }
        let finding = try #require(found.first { $0.kind == .nightBase })
        #expect(found.count { $0.kind == .nightBase } == 1)
        #expect(finding.observed > finding.usual + 25)
    }

    @Test func aDeadMeterIsFound() {
        let found = found { home in
            for _ in 0..<48 { home.add(power: 0) }
            home.live(days: 2)
        }
        #expect(found.map(\.kind) == [.dead])
    }

    @Test func aHomeThatIsOftenAtZeroIsNotDead() {
        var home = Home()
        for day in 0..<90 {
            for half in 0..<48 { home.add(power: half < 16 + day % 3 ? 0 : home.usual(half)) }
        }
        #expect(!home.findings().contains { $0.kind == .dead })
    }

    @Test func aMeterThatRepeatsAFigureIsStuck() {
        let found = found { home in
            for _ in 0..<40 { home.add(power: 84) }
            home.live(days: 1)
        }
        #expect(found.map(\.kind) == [.stuck])
    }

    @Test func aRegisterThatStandsStillIsFoundOnce() {
        let found = found { home in
            home.live(days: 3, counts: false)
            home.live(days: 2)
        }
        #expect(found.map(\.kind) == [.register])
    }

    @Test func aGapIsFoundAndWhatTheRegisterCaughtUpIsNoHighDay() throws {
        let found = found { home in
            for _ in 0..<90 { home.add(power: nil) }
            home.live(days: 2)
        }
        #expect(found.map(\.kind) == [.gap])
        #expect(try #require(found.first).observed == 45)
    }

    @Test(arguments: [195.0, 205, 254, 262]) func voltageTroubleIsFound(volts: Double) throws {
        let found = found { home in
            for half in 0..<6 { home.add(power: home.usual(half), voltage: volts) }
            home.live(days: 1)
        }
        #expect(found.map(\.kind) == [.voltage])
        #expect(try #require(found.first).observed == volts)
    }

    @Test func anHourOfVoltageTroubleIsNotWorthALine() {
        let found = found { home in
            for half in 0..<2 { home.add(power: home.usual(half), voltage: 195) }
            home.live(days: 1)
        }
        #expect(found.isEmpty)
    }

    @Test func aWeekWithARhythmHasQuietDaysToo() {
        var home = Home(from: "2026-01-05")
        for day in 0..<70 {
            let isWorkday = day % 7 < 5
            for half in 0..<48 {
                home.add(power: (isWorkday && day != 66 ? 600 : 150) + Double((half * 7 + day * 13) % 29) * 3)
            }
        }
        let found = home.findings()
        #expect(found.contains { $0.kind == .lowDay })
        #expect(!found.contains { $0.kind == .highDay })
    }

    @Test func aMonthHasFewFindingsHoweverWildItIs() {
        let found = found { home in
            for day in 0..<28 { home.live(days: 1, factor: day % 2 == 0 ? 3 : 1, voltage: day % 4 == 0 ? 190 : 230) }
        }
        #expect(found.count <= 8)
    }

    @Test func aWordThatItWasFineLowersThatKindAlone() {
        var home = learned()
        let before = home.findings()
        for _ in 0..<90 { home.add(power: nil) }
        for half in 0..<6 { home.add(power: home.usual(half), voltage: 195) }
        home.live(days: 1)
        let told = home.findings().filter { !before.contains($0) }
        #expect(Set(told.map(\.kind)) == [.gap, .voltage])
        let words = (0..<2).map { FindingFeedback(kind: .gap, at: .distantPast + Double($0)) }
        #expect(home.findings(words).filter { !before.contains($0) }.map(\.kind) == [.voltage])
        let later = (0..<2).map { FindingFeedback(kind: .gap, at: .distantFuture - Double($0)) }
        #expect(home.findings(later) == home.findings(), "a word counts from when it was said")
    }

    @Test func aNightUsesNothingLaterThanItself() {
        var home = Home()
        for stretch in 0..<12 {
            home.live(days: 14)
            home.live(days: 1, extra: stretch % 2 == 0 ? 250 : 0, factor: stretch % 3 == 0 ? 2.5 : 1)
            for _ in 0..<(stretch % 4 == 0 ? 60 : 1) { home.add(power: nil) }
        }
        let intervals = home.intervals
        var whole = NightWatch(LocalClock(zone: .gmt))
        let told = intervals.map { whole.take($0) }
        #expect(told.joined().count > 5)
        for cut in [3000, 5000, intervals.count - 1] {
            var part = NightWatch(LocalClock(zone: .gmt))
            #expect(intervals[..<cut].map { part.take($0) } == Array(told[..<cut]))
        }
    }
}
