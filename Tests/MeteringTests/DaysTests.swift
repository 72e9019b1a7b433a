import Foundation
import Metering
import Simulation
import TestSupport
import Testing

struct DaysTests {
    private func days(
        _ readings: [Reading], _ first: LocalDate, _ end: LocalDate, _ zone: String
    ) throws -> [DayConsumption] {
        try RegisterHistory(readings).days(
            from: first, to: end, on: .at(zone), limits: RegisterLimits()
        ).days
    }

    @Test(arguments: [
        ("2025-03-30", 23), ("2025-10-26", 25), ("2025-06-01", 24),
    ])
    func aConstantKilowattInBerlinUsesAsManyKilowattHoursAsTheDayHasHours(date: String, hours: Int)
        throws
    {
        let day = try #require(LocalDate(date))
        let period = try LocalClock.at("Europe/Berlin").period(of: day)
        let readings = constantLoad(
            kilowatts: 1, from: period.lowerBound.addingTimeInterval(-3600),
            to: period.upperBound.addingTimeInterval(3600))
        let only = try #require(try days(readings, day, day.adding(days: 1), "Europe/Berlin").first)
        #expect(only.whole.energy == .kilowattHours(hours))
        #expect(only.hours.count == hours)
        #expect(only.whole.coverage.isComplete)
    }

    @Test func kolkataMidnightLiesOnTheHalfHour() throws {
        let clock = try LocalClock.at("Asia/Kolkata")
        #expect(clock.date(at: try instant("2025-05-01T18:29:00Z")) == "2025-05-01")
        #expect(clock.date(at: try instant("2025-05-01T18:31:00Z")) == "2025-05-02")
        #expect(clock.start(of: "2025-05-02") == (try instant("2025-05-01T18:30:00Z")))
    }

    @Test func nightlyGapsLoseNothingThatTheRegisterKnows() throws {
        let clock = try LocalClock.at("Asia/Kolkata")
        let start = clock.start(of: "2025-05-01")
        let readings = constantLoad(
            kilowatts: 1, from: start.addingTimeInterval(-7200), to: start.addingTimeInterval(74 * 3600)
        )
        .filter { reading in
            let second = reading.at.timeIntervalSince(start).truncatingRemainder(dividingBy: 86_400)
            let ofDay = second < 0 ? second + 86_400 : second
            return ofDay > 5400 && ofDay < 81_000
        }
        let three = try days(readings, "2025-05-02", "2025-05-04", "Asia/Kolkata")
        #expect(three.map(\.whole.energy) == [.kilowattHours(24), .kilowattHours(24)])
        #expect(three.allSatisfy { $0.whole.quality == .estimated })
        let unseen = three.map { $0.whole.coverage.totalSeconds - $0.whole.coverage.observedSeconds }
        #expect(unseen.allSatisfy { (10_800...10_920).contains($0) })
        let raw = three.compactMap(\.rawMaxMin).sum()
        #expect(raw < .kilowattHours(46))
    }

    @Test func theHoursOfADayAddUpAndTheDaysOfAMonth() throws {
        var generator = SeededGenerator(seed: 7)
        let clock = try LocalClock.at("Asia/Kolkata")
        let start = clock.start(of: "2025-01-31")
        var register: Int64 = 0
        let readings = (0..<50_000).map { index in
            register += .random(in: 0...9999, using: &generator)
            return Reading(
                at: start.addingTimeInterval(Double(index) * 61), register: Energy(milliwattHours: register)
            )
        }
        let month = try days(readings, "2025-02-01", "2025-03-01", "Asia/Kolkata")
        let repaired = RepairedRegister(RegisterHistory(readings))
        let whole = repaired.consumption(between: [
            clock.start(of: "2025-02-01"), clock.start(of: "2025-03-01"),
        ])
        #expect(month.map(\.whole.energy).sum() == whole[0].energy)
        #expect(
            ConsumptionSeries(month).total(of: LocalDate("2025-02-01").inMonth)?.energy == whole[0].energy
        )
    }

    @Test func aDayReckonedAloneIsTheSameAsWithinAMonth() throws {
        let clock = try LocalClock.at("Europe/Berlin")
        let start = clock.start(of: "2025-03-28").addingTimeInterval(-17)
        let readings = constantLoad(
            kilowatts: 0.777, from: start, to: start.addingTimeInterval(6 * 86_400), every: 37)
        let together = try days(readings, "2025-03-29", "2025-04-01", "Europe/Berlin")
        let period = clock.period(of: "2025-03-30")
        let near = readings.filter {
            $0.at > period.lowerBound.addingTimeInterval(-300)
                && $0.at < period.upperBound.addingTimeInterval(300)
        }
        let alone = try days(near, "2025-03-30", "2025-03-31", "Europe/Berlin")
        #expect(alone[0].hours.map(\.energy) == together[1].hours.map(\.energy))
    }

    @Test func whatArrivesOutOfOrderOrTwiceChangesNothing() throws {
        let readings = minutes((0..<200).map { Double($0) * 0.01 })
        var generator = SeededGenerator(seed: 3)
        let mixed = (readings + readings.prefix(50)).shuffled(using: &generator)
        #expect(RegisterHistory(mixed).readings == readings)
    }
}
