import Foundation
import Metering

/// What a household's days to come are expected to be, from the days that are over.
///
/// Nothing of `end` or after it is used. The same days give the same figures, to the last bit.
struct DailyModel {
    /// Days before the end that are looked at: three years tell all about a season that a home has to tell.
    private static let span = 1100
    /// Days among which the smoothed level looks for known ones.
    private static let smoothedSpan = 300

    private let firstNumber: Int
    private let bank: FilterBank
    private let weights: SIMD8<Float>
    private let factors: WeekdayFactors
    private let smoothed: Float?
    private let season: Season
    private let holidays: Set<Int>
    private let weather: TemperatureEffect?
    /// Kilowatt-hours of the home's mean day.
    let scale: Double
    /// How restless the home is against the usual one, in its days and its weeks, to the power by which its errors grow.
    let restlessness: Double
    /// Known days that the model stands on.
    let knownDays: Int

    /// - Parameter end: the first day that is to be foretold.
    init(_ days: EvenDays, before end: LocalDate, in circumstances: Forecast.Circumstances) {
        var (values, number) = days.before(end, atMost: Self.span)
        season = circumstances.season
        holidays = circumstances.holidays
        weather = TemperatureEffect(values, firstNumber: number, temperatures: circumstances.temperatures)
        if let weather { values = weather.removed(from: values, firstNumber: number) }
        let survey = HistorySurvey(values)
        let factors = WeekdayFactors(values, firstNumber: number, holidays: circumstances.holidays)
        self.factors = factors
        scale = survey.scale
        knownDays = survey.knownDays
        firstNumber = end.daysSince1970
        let sizes = (number..<number + values.count).map { Float(factors.factor($0, circumstances.holidays)) }
        let parts = zip(values, sizes).map { Float($0 / survey.scale) / $1 }
        var bank = FilterBank(.shipped, noise: survey.noise(.shipped), season: season)
        bank.learn(parts, sizes: sizes, from: number, until: firstNumber, in: season)
        self.bank = bank
        weights = bank.weights
        smoothed = SmoothedLevel.level(of: parts.suffix(Self.smoothedSpan).filter { !$0.isNaN }, limit: 3)
        restlessness = DailyRestlessness(parts).factor * Persistence(parts).factor
    }

    /// The days from the end on.
    ///
    /// - Parameter firstPart: the share of the first day that is still to come.
    func ahead(_ count: Int, firstPart: Double = 1) -> [DayAhead] {
        var path = FilterBank.Ahead(bank)
        var sum = 0.0
        return (0..<count).map { offset in
            let number = firstNumber + offset
            let part = offset == 0 ? firstPart : 1
            let factor = Float(factors.factor(number, holidays) * part)
            let byFilters = (weights * path.next(YearWave(ofDay: number, in: season), factor: factor)).sum()
            let bySmoothing = smoothed.map { max(0, $0) * factor } ?? byFilters
            let share = Self.smoothedShare(offset)
            let usual = scale * Double((1 - share) * byFilters + share * bySmoothing)
            let day = max(0, usual + (weather?.excess(on: number) ?? 0) * part)
            sum += day
            return DayAhead(
                expected: day, sum: sum,
                spread: spread(of: sum, over: Double(offset) + firstPart, path.variance(weights: weights)))
        }
    }

    /// The measure of the error of a sum: what the filters say of it, and what a home as restless as this one usually has.
    private func spread(of sum: Double, over days: Double, _ variance: Float) -> Double {
        let byFilters = scale * Double(variance).squareRoot()
        let byRestlessness = max(sum, 0.02 * scale * days) * restlessness
        // Few days say little even of what they do not say.
        let ignorance = 1 + 0.7 / max(Double(knownDays), 0.6)
        return pow(byFilters, 0.3) * pow(byRestlessness, 0.7) * ignorance
    }

    /// How much the smoothed level counts on a day to come: it knows the next days better than the next months.
    private static func smoothedShare(_ offset: Int) -> Float {
        0.15 + 0.2 * smoothedFade[min(offset, smoothedFade.count - 1)]
    }

    private static let smoothedFade: [Float] = (0..<32).map { Float(pow(0.82, Double($0))) }
}

/// One day to come.
struct DayAhead {
    /// Kilowatt-hours of the day.
    let expected: Double
    /// Kilowatt-hours of all days up to and with this one.
    let sum: Double
    /// By what the errors of such sums are measured, in kilowatt-hours.
    let spread: Double
}
