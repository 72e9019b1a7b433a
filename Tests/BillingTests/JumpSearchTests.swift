import Billing
import Metering
import TestSupport
import Testing

struct JumpSearchTests {
    private let june = BillTerms.over("2025-06-01", "2025-07-01", months: 1, ["phase": "single"])

    /// Outcomes spread evenly over twenty kWh on both sides of what is expected.
    private func outcomes(around expected: Int) throws -> ConsumptionDistribution {
        try #require(ConsumptionDistribution(samples: (-20..<20).map { .kilowattHours(expected + $0) }))
    }

    private func next(
        _ tariff: Tariff, _ terms: BillTerms, used: Int, today: LocalDate, expected: Int, usual: Int?
    ) throws -> JumpAhead? {
        try JumpSearch(
            tariff, terms, used: MeteredConsumption(.kilowattHours(used)), today: today,
            outcomes: try outcomes(around: expected), expected: .kilowattHours(expected),
            usual: usual.map { .kilowattHours($0) }
        ).next()
    }

    /// By hand: 250 units cost 50 × (3.35 + 4.25 + 5.35 + 7.20 + 8.50) = 1432.50, with 160 fixed, 143.25 duty, 6 rent and 15.00
    /// fuel 1756.75; 270 units cost 270 × 6.75 = 1822.50, with 220, 182.25, 6 and 16.20 they are 2246.95.
    @Test func keralas250UnitsAreToldWithWhatTheyCostAndWhatAvoidsThem() throws {
        let found = try #require(
            try next(.kseb(), june, used: 130, today: "2025-06-16", expected: 270, usual: 240))
        #expect(found.reason == .cliff)
        #expect(found.limit == .kilowattHours(250))
        #expect(found.atLimit == Money(minorUnits: 1757_00))
        #expect(found.expected == Money(minorUnits: 2247_00))
        #expect(found.cost == Money(minorUnits: 490_00))
        #expect(found.dailyBudget == .kilowattHours(8))
        #expect(found.odds == 39.0 / 40)
    }

    static let quiet: [(why: String, used: Int, today: LocalDate, expected: Int, usual: Int?)] = [
        ("the step is passed already", 252, "2025-06-25", 270, 240),
        ("the odds are small", 130, "2025-06-16", 252, 240),
        ("it is not expected", 130, "2025-06-16", 244, 240),
        ("two days are left", 240, "2025-06-29", 270, 240),
        ("the period is over", 240, "2025-07-01", 270, 240),
        ("half of the pace would not do", 225, "2025-06-16", 290, 240),
        ("it is passed every month", 130, "2025-06-16", 290, 285),
    ]

    @Test(arguments: quiet)
    func thereIsNoWarningWhere(
        _ quiet: (why: String, used: Int, today: LocalDate, expected: Int, usual: Int?)
    ) throws {
        let found = try next(
            .kseb(), june, used: quiet.used, today: quiet.today, expected: quiet.expected, usual: quiet.usual)
        #expect(found == nil, "\(quiet.why)")
    }

    private func telescopic() throws -> Tariff {
        try .sample(#"{id: energy, energy: {classes: [{telescopic: [{upto: 100, rate: "1"}, {rate: "2"}]}]}}"#)
    }

    /// By hand: 100 units at 1 are 100.00; the fifty beyond at 2 are another 100.00.
    @Test func aStepAboveTheUsualIsTold() throws {
        let terms = BillTerms.over("2025-06-01", "2025-07-01")
        let found = try #require(
            try next(try telescopic(), terms, used: 60, today: "2025-06-16", expected: 135, usual: 95))
        #expect(found.reason == .step)
        #expect(found.limit == .kilowattHours(100))
        #expect(found.cost == Money(minorUnits: 70_00))
        #expect(found.dailyBudget == Energy(milliwattHours: 40_000_000 / 15))
        #expect(found.dailyPace == .kilowattHours(5))
    }

    @Test func aStepThatEveryMonthPassesIsNoNews() throws {
        let terms = BillTerms.over("2025-06-01", "2025-07-01")
        #expect(try next(try telescopic(), terms, used: 60, today: "2025-06-16", expected: 150, usual: 140) == nil)
        #expect(try next(try telescopic(), terms, used: 60, today: "2025-06-16", expected: 135, usual: nil) == nil)
    }

    /// A flat price by Berlin's clock, over the month of the short day: by hand 0.30 × (260 − 200) = 18.00 and 30 % more.
    @Test func whereNothingStepsABillFarAboveTheUsualIsTold() throws {
        let tariff = try Tariff(
            yaml: """
                tariff: 1
                id: flat
                currency: EUR
                timezone: Europe/Berlin
                rounding: {line: {to: "0.01", mode: half_up}, total: {to: "0.01", mode: half_up}}
                billing: {months: 1}
                versions:
                  - from: 2000-01-01
                    lines:
                      - {id: energy, per_kwh: {rate: "0.30"}}
                """)
        let march = BillTerms.over("2026-03-01", "2026-04-01")
        let found = try #require(
            try next(tariff, march, used: 120, today: "2026-03-16", expected: 260, usual: 200))
        #expect(found.reason == .aboveUsual)
        #expect(found.limit == .kilowattHours(200))
        #expect(found.cost == Money(minorUnits: 18_00))
        #expect(found.dailyBudget == .kilowattHours(5))
        #expect(found.odds == 30.0 / 40, "outcomes from 250 kWh on cost a quarter more")
        #expect(try next(tariff, march, used: 120, today: "2026-03-16", expected: 245, usual: 200) == nil)
    }
}
