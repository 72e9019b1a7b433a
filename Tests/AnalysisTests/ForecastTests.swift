import Analysis
import Foundation
import Metering
import TestSupport
import Testing

/// Days from kilowatt-hours, nil for one that nobody saw.
func evenDays(from first: LocalDate, _ kilowattHours: [Double?]) -> EvenDays {
    EvenDays(
        DailyHistory(
            days: kilowattHours.enumerated().compactMap { index, used in
                used.map { DailyHistory.Day(date: first.adding(days: index), kilowattHours: $0) }
            }))
}

func season(_ zone: String = "Europe/Berlin") throws -> Season {
    Season(in: try #require(TimeZone(identifier: zone)))
}

/// A home with weeks, a season and noise that is always the same.
func livedIn(_ count: Int, coldest: Int = 14, from first: LocalDate = "2023-01-01") -> [Double?] {
    var random: UInt64 = 7
    return (0..<count).map { index in
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let noise = Double(random >> 40) / Double(1 << 24) - 0.5
        let day = first.adding(days: index)
        let angle = 2 * Double.pi * Double(day.daysSince1970 - coldest) / 365.25
        return 9 * (1 + 0.3 * cos(angle) + (day.isWeekend ? 0.15 : -0.06) + 0.5 * noise)
    }
}

struct ForecastTests {
    private let june = BillingPeriod(first: "2025-06-01", end: "2025-07-01")

    private func forecast(
        of period: BillingPeriod, _ days: EvenDays, soFar: Double = 0, today: LocalDate, elapsed: Double = 0,
        zone: String = "Europe/Berlin", holidays: Set<LocalDate> = []
    ) throws -> Forecast {
        Forecast(
            of: period, from: days, soFar: try #require(Energy(kilowattHours: soFar)), today: today, elapsed: elapsed,
            next: BillingPeriod(first: period.end, end: period.end.adding(days: 61)),
            in: Forecast.Circumstances(
                season: try season(zone),
                conditions: holidays.map { DayConditions(day: $0, temperature: nil, isHoliday: true) }))
    }

    @Test func aHomeThatNeverChangesIsForecastClosely() throws {
        let days = evenDays(from: "2022-01-01", Array(repeating: 8, count: 1257))
        let forecast = try forecast(of: june, days, soFar: 84, today: "2025-06-11", elapsed: 0.5)
        #expect(abs(forecast.expected.kilowattHours - 240) < 3)
        #expect(forecast.high.kilowattHours - forecast.low.kilowattHours < 40)
        #expect(forecast.knownDays == 1100)
    }

    @Test func whatIsKnownOfNothingIsWideAndSaysSo() throws {
        let forecast = try forecast(of: june, evenDays(from: "2025-06-01", []), today: "2025-06-01")
        #expect(forecast.knownDays == 0)
        #expect((200...340).contains(forecast.expected.kilowattHours))
        #expect(forecast.low.kilowattHours < 120 && forecast.high.kilowattHours > 450)
    }

    @Test func eachDayKnownMakesTheRangeNarrower() throws {
        let widths = try [1, 3, 10, 40, 200].map { count in
            let days = evenDays(
                from: LocalDate(stringLiteral: "2025-06-01").adding(days: -count), Array(livedIn(count)))
            let forecast = try forecast(of: june, days, today: "2025-06-01")
            return (forecast.high - forecast.low).kilowattHours / forecast.expected.kilowattHours
        }
        #expect(widths[0] > widths[2] && widths[1] > widths[3] && widths[2] > widths[4], "\(widths)")
    }

    private static let histories: [(String, [Double?])] = [
        ("lived in", livedIn(880)), ("four days", [3, 9, 1, 0]), ("nothing", []),
        ("empty for weeks", livedIn(700) + Array(repeating: 0, count: 180)),
        ("always empty", Array(repeating: 0, count: 400)),
        ("moved in", Array(repeating: 0, count: 300) + livedIn(90)),
        ("holes", livedIn(880).enumerated().map { $0.offset % 3 == 0 ? nil : $0.element }),
        ("unseen for half a year", livedIn(650) + Array(repeating: nil, count: 230)),
        ("wild", (0..<400).map { $0 % 17 == 0 ? 300 : 0.2 }), ("tiny", Array(repeating: 1e-6, count: 100)),
        ("huge", Array(repeating: 90_000, count: 100)),
    ]

    @Test(arguments: histories, ["Europe/Berlin", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo"])
    func theLawsHoldWhateverTheHomeDid(_ history: (name: String, days: [Double?]), _ zone: String) throws {
        let first = LocalDate(stringLiteral: "2025-06-21").adding(days: -history.days.count)
        let days = evenDays(from: first, history.days)
        for (today, elapsed) in [("2025-06-01", 0.0), ("2025-06-21", 0.4), ("2025-06-30", 0.99)] {
            let forecast = try forecast(
                of: june, days, soFar: 31.5, today: LocalDate(stringLiteral: today), elapsed: elapsed, zone: zone)
            let again = try self.forecast(
                of: june, days, soFar: 31.5, today: LocalDate(stringLiteral: today), elapsed: elapsed, zone: zone)
            #expect(forecast == again)
            for outlook in [forecast.current, try #require(forecast.next)] {
                #expect(zip(outlook.quantiles, outlook.quantiles.dropFirst()).allSatisfy { $0 <= $1 })
                #expect(outlook.low <= outlook.median && outlook.median <= outlook.high)
            }
            #expect(try #require(forecast.current.quantiles.first) >= forecast.soFar)
            #expect(forecast.expected >= forecast.soFar)
            #expect(forecast.days.count >= Forecast.daysAhead)
            #expect(forecast.days.allSatisfy { $0.low <= $0.high && $0.expected >= .zero })
        }
    }

    @Test func theDaysMakeTheWhole() throws {
        let forecast = try forecast(
            of: june, evenDays(from: "2023-01-01", livedIn(890)), soFar: 70, today: "2025-06-09", elapsed: 0.25)
        let days = (0..<22).compactMap { forecast.expected(on: forecast.today.adding(days: $0)) }
        #expect(abs((forecast.soFar + days.sum() - forecast.expected).milliwattHours) < 30)
        let next = (22..<83).compactMap { forecast.expected(on: forecast.today.adding(days: $0)) }
        #expect(next.count == 8, "only thirty days are told one by one")
        #expect(try #require(forecast.next).period.dayCount == 61)
    }

    @Test func theFutureIsNotUsed() throws {
        let past = livedIn(880)
        let known = evenDays(from: "2023-01-01", past + [99, 99, 99])
        let unknown = evenDays(from: "2023-01-01", past)
        let today = LocalDate(stringLiteral: "2023-01-01").adding(days: 880)
        let one = try forecast(of: BillingPeriod(first: today, end: today.adding(days: 30)), known, today: today)
        let other = try forecast(of: BillingPeriod(first: today, end: today.adding(days: 30)), unknown, today: today)
        #expect(one == other)
    }

    @Test func winterIsInJulyInTheSouth() throws {
        let days = evenDays(from: "2025-01-01", Array(repeating: 8, count: 120))
        let july = BillingPeriod(first: "2025-07-01", end: "2025-08-01")
        let north = try forecast(of: july, days, today: "2025-07-01").expected
        let equator = try forecast(of: july, days, today: "2025-07-01", zone: "Asia/Singapore").expected
        let south = try forecast(of: july, days, today: "2025-07-01", zone: "Australia/Sydney").expected
        #expect(north < equator && equator < south)
    }

    @Test func aHolidayIsASunday() throws {
        let days = evenDays(
            from: "2024-01-01",
            (0..<517).map { LocalDate(stringLiteral: "2024-01-01").adding(days: $0).weekday == 6 ? 16 : 8 })
        let plain = try forecast(of: june, days, today: "2025-06-01")
        let holiday = try forecast(of: june, days, today: "2025-06-01", holidays: ["2025-06-04"])
        let (without, with) = (plain.expected(on: "2025-06-04"), holiday.expected(on: "2025-06-04"))
        #expect(try #require(with).kilowattHours > 1.25 * (try #require(without).kilowattHours))
        #expect(plain.expected(on: "2025-06-05") == holiday.expected(on: "2025-06-05"))
    }

    @Test func aColdSpellAheadIsForecastWhereTheHomeHeats() throws {
        // Mean 8 °C with swings of a week; 0.6 kWh for each degree below 15.
        let first: LocalDate = "2024-06-01"
        func temperature(_ index: Int) -> Double { 8 + 5 * sin(Double(index) * 0.83) }
        let days = evenDays(from: first, (0..<365).map { 6 + 0.6 * (15 - temperature($0)) })
        let known = (0..<365).map {
            DayConditions(day: first.adding(days: $0), temperature: temperature($0), isHoliday: false)
        }
        let ahead = (365..<395).map { DayConditions(day: first.adding(days: $0), temperature: 0, isHoliday: false) }
        func expected(_ conditions: [DayConditions]) throws -> Double {
            Forecast(
                of: june, from: days, soFar: .zero, today: "2025-06-01", elapsed: 0,
                in: Forecast.Circumstances(season: try season("Asia/Singapore"), conditions: conditions)
            ).expected.kilowattHours
        }
        let (usual, cold) = (try expected(known), try expected(known + ahead))
        #expect(abs(usual - 30 * (6 + 0.6 * 7)) < 15)
        #expect(abs(cold - 30 * (6 + 0.6 * 15)) < 20)
        // Without temperatures the same home's swings are only noise.
        #expect(abs(try expected([]) - usual) < 20)
    }

    @Test func aWildDayMovesLittle() throws {
        let calm = livedIn(880)
        let days = evenDays(from: "2023-01-01", calm + [9])
        let wild = evenDays(from: "2023-01-01", calm + [120])
        let today = LocalDate(stringLiteral: "2023-01-01").adding(days: 881)
        let period = BillingPeriod(first: today, end: today.adding(days: 30))
        let before = try forecast(of: period, days, today: today).expected.kilowattHours
        let after = try forecast(of: period, wild, today: today).expected.kilowattHours
        #expect(after < before * 1.2)
    }

    @Test func aLimitIsCrossedBetweenItsEarliestAndItsLatestDay() throws {
        let days = evenDays(from: "2023-01-01", livedIn(890))
        let forecast = try forecast(of: june, days, soFar: 60, today: "2025-06-09")
        let sure = try #require(forecast.crossing(of: .kilowattHours(100)))
        let (early, middle, late) = (sure.earliest, sure.expected, sure.latest)
        #expect(try #require(early) <= #require(middle))
        #expect(try #require(middle) <= #require(late))
        #expect(sure.odds > 0.98)
        let never = try #require(forecast.crossing(of: .kilowattHours(2000)))
        #expect(never.odds < 0.02 && never.expected == nil && never.earliest == nil)
        #expect(forecast.crossing(of: .kilowattHours(59)) == nil)
    }

    @Test(arguments: ["Europe/Berlin", "Asia/Kolkata"], ["2025-03-29", "2025-10-25", "2025-06-03"])
    func tomorrowsHoursMakeTomorrow(_ zone: String, _ today: String) throws {
        let clock = LocalClock(zone: try #require(TimeZone(identifier: zone)))
        let today = LocalDate(stringLiteral: today)
        let days = evenDays(from: "2023-01-01", livedIn(790))
        let circumstances = Forecast.Circumstances(season: try season(zone))
        let month = BillingPeriod(first: today.inMonth.firstDay, end: today.inMonth.adding(months: 1).firstDay)
        let forecast = Forecast(
            of: month, from: days, soFar: .zero, today: today, elapsed: 0, in: circumstances
        ).explained(
            by: days, HourOfWeekProfile(weights: (0..<168).map { Int64($0 % 24 + 1) }), on: clock, in: circumstances)
        #expect(forecast.tomorrow.sum() == forecast.expected(on: today.adding(days: 1)))
        let span = clock.period(of: today.adding(days: 1))
        #expect(forecast.tomorrow.count == Int(span.upperBound.timeIntervalSince(span.lowerBound) / 3600))
        #expect(forecast.tomorrow.last == forecast.tomorrow.max())
        #expect(try #require(forecast.usualSoFar) > .zero)
    }
}
