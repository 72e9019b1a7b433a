import Control
import Metering
import Testing

struct LimitWatchTests {
    private let day = LocalDate(daysSince1970: 20_504)  // 20 February 2026
    private let limits = HouseholdLimits(power: 3000, day: .kilowattHours(8), month: .kilowattHours(200))

    private func steps(_ changes: [LimitChange]) -> [String] {
        changes.map { change in
            switch change {
            case .reached(let condition): "\(condition.key.kind.rawValue) \(condition.step) \(condition.severity)"
            case .over(let key): "\(key.kind.rawValue) over"
            }
        }
    }

    private func energy(_ kilowattHours: Double) -> Energy {
        Energy(milliwattHours: Int64(kilowattHours * 1e6))
    }

    @Test func eachStepOfADayIsToldOnceAndOnlyUpwards() {
        var watch = LimitWatch(limits)
        var told: [String] = []
        for used in [0, 3.9, 4, 4.1, 5, 6, 6.1, 7.19, 7.2, 7.9, 8, 12] {
            told += steps(watch.take(day: energy(used), month: .zero, on: day))
        }
        #expect(told == ["day_limit 50 info", "day_limit 75 info", "day_limit 90 warning", "day_limit 100 warning"])
        #expect(watch.told.count == 4)
    }

    @Test func ofStepsPassedAtOnceTheHighestIsTold() {
        var watch = LimitWatch(limits)
        #expect(
            steps(watch.take(day: energy(7.3), month: energy(150), on: day)) == [
                "day_limit 90 warning", "month_limit 75 info",
            ])
        // A figure that was corrected downwards and rises again is no news.
        #expect(watch.take(day: energy(3), month: energy(99), on: day).isEmpty)
        #expect(watch.take(day: energy(6.1), month: energy(101), on: day).isEmpty)
    }

    @Test func aNewPeriodBeginsAnew() {
        var watch = LimitWatch(limits)
        _ = watch.take(day: energy(8), month: energy(150), on: day)
        #expect(steps(watch.take(day: energy(1), month: energy(151), on: day.adding(days: 1))) == ["day_limit over"])
        #expect(steps(watch.take(day: energy(4), month: energy(155), on: day.adding(days: 1))) == ["day_limit 50 info"])
        let march = day.adding(days: 9)
        #expect(steps(watch.take(day: .zero, month: .zero, on: march)) == ["day_limit over", "month_limit over"])
        #expect(watch.told.isEmpty)
        #expect(steps(watch.take(day: .zero, month: energy(100), on: march)) == ["month_limit 50 info"])
    }

    @Test func powerCountsWhenThreeReadingsHoldIt() {
        var watch = LimitWatch(limits)
        var told: [String] = []
        // The inrush of a motor, then a load that stays.
        for power in [400, 5000, 5000, 400, 400, 2300, 2800, 2700, 2750] {
            told += steps(watch.take(power: Double(power), on: day))
        }
        #expect(told == ["power_limit 75 info", "power_limit 90 warning"])
        told = []
        for power in [3100, 3100, 3100, 3000, 2000, 2000, 2000, 3100, 3100, 3100] {
            told += steps(watch.take(power: Double(power), on: day))
        }
        // It ends when three readings lie below, and the same day it is not told again.
        #expect(told == ["power_limit 100 critical", "power_limit over"])
        told = []
        for _ in 0..<3 { told += steps(watch.take(power: 3100, on: day.adding(days: 1))) }
        #expect(told == ["power_limit over", "power_limit 100 critical"])
    }

    @Test func powerThatHoversAtItsStepDoesNotFlap() {
        var watch = LimitWatch(limits)
        var changes: [LimitChange] = []
        for round in 0..<300 { changes += watch.take(power: round % 20 < 10 ? 2705 : 2600, on: day) }
        #expect(changes.count == 1)
    }

    @Test func whatWasToldIsKeptAndReadBack() throws {
        var watch = LimitWatch(limits)
        _ = watch.take(day: energy(6), month: energy(100), on: day)
        let words = watch.told.map(\.description).sorted()
        #expect(words == ["day 2026-02-20 50", "day 2026-02-20 75", "month 2026-02 50"])
        var later = LimitWatch(limits, told: Set(try words.map { try #require(LimitStep($0)) }))
        #expect(later.take(day: energy(6.5), month: energy(120), on: day).isEmpty)
        #expect(steps(later.take(day: energy(7.2), month: energy(120), on: day)) == ["day_limit 90 warning"])
    }

    @Test(arguments: [
        "", "day", "day 2026-02-20", "week 2026-02 50", "day 2026-02 50", "month 2026-02-20 50", "day 2026-02-20 60",
    ])
    func whatIsNoStepIsRefused(text: String) {
        #expect(LimitStep(text) == nil)
    }

    @Test func alteredLimitsAreToldAnewAndTheOthersAreNot() {
        var watch = LimitWatch(limits)
        _ = watch.take(day: energy(4), month: energy(100), on: day)
        var lower = limits
        lower.day = .kilowattHours(5)
        #expect(steps(watch.change(to: lower)) == ["day_limit over"])
        #expect(steps(watch.take(day: energy(4), month: energy(100), on: day)) == ["day_limit 75 info"])
        #expect(steps(watch.change(to: HouseholdLimits())) == ["day_limit over", "month_limit over"])
        #expect(watch.take(day: energy(400), month: energy(100), on: day).isEmpty)
    }
}
