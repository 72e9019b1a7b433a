/// How a home's use follows the temperature outside: kilowatt-hours for each degree of heating and of cooling.
///
/// Learnt from the steps between days, which are free of the season and of the home's slow changes; what it adds to a day
/// is against the usual temperature of that time of the year, so that the season stays with the filters. (Degree days:
/// heating below 15 °C, cooling above 22 °C.)
struct TemperatureEffect {
    private static let heatingBelow = 15.0
    private static let coolingAbove = 22.0
    /// Pairs of days below which nothing is learnt.
    private static let leastPairs = 60
    /// Squared degrees by which both slopes are drawn to zero.
    private static let drawnBy = 200.0
    /// Days on either side whose temperatures are usual for a day of the year.
    private static let reach = 15
    private static let year = 365

    private let temperatures: [Int: Double]
    private let heating: Double
    private let cooling: Double
    /// By the day of the year; NaN where nothing is known.
    private let usualHeating: [Double]
    private let usualCooling: [Double]

    /// Nil without enough days whose use and temperature are known.
    ///
    /// - Parameters:
    ///   - values: the days' kilowatt-hours, NaN where unknown.
    ///   - temperatures: degrees Celsius by days since 1970; those of days to come are a weather forecast.
    init?(_ values: ArraySlice<Double>, firstNumber: Int, temperatures: [Int: Double]) {
        guard !temperatures.isEmpty else { return nil }
        var sums = Steps()
        for (offset, (earlier, later)) in zip(values, values.dropFirst()).enumerated() {
            let number = firstNumber + offset
            guard !earlier.isNaN, !later.isNaN, let before = temperatures[number], let after = temperatures[number + 1]
            else { continue }
            sums.add(
                use: later - earlier, heating: Self.heating(after) - Self.heating(before),
                cooling: Self.cooling(after) - Self.cooling(before))
        }
        guard sums.count >= Self.leastPairs else { return nil }
        (heating, cooling) = sums.slopes(drawnBy: Self.drawnBy)
        self.temperatures = temperatures
        let past = temperatures.filter { $0.key < firstNumber + values.count }
        usualHeating = Self.usual(past, Self.heating)
        usualCooling = Self.usual(past, Self.cooling)
    }

    /// Kilowatt-hours that a day takes more than at its usual temperature; 0 where its temperature is not known.
    func excess(on number: Int) -> Double {
        let place = Self.place(number)
        guard let temperature = temperatures[number], !usualHeating[place].isNaN else { return 0 }
        return heating * (Self.heating(temperature) - usualHeating[place])
            + cooling * (Self.cooling(temperature) - usualCooling[place])
    }

    /// The days as they would have been at their usual temperature, never below a tenth of what they were.
    func removed(from values: ArraySlice<Double>, firstNumber: Int) -> ArraySlice<Double> {
        var values = values
        for place in values.indices where !values[place].isNaN {
            let excess = excess(on: firstNumber + place - values.startIndex)
            values[place] = max(values[place] / 10, values[place] - excess)
        }
        return values
    }

    private static func heating(_ temperature: Double) -> Double { max(0, heatingBelow - temperature) }

    private static func cooling(_ temperature: Double) -> Double { max(0, temperature - coolingAbove) }

    /// The day of the year, near enough for what is usual.
    private static func place(_ number: Int) -> Int {
        let inFourYears = (number % 1461 + 1461) % 1461
        return min(Int(Double(inFourYears).truncatingRemainder(dividingBy: 365.25)), year - 1)
    }

    private static func usual(_ temperatures: [Int: Double], _ degrees: (Double) -> Double) -> [Double] {
        var sums = Array(repeating: 0.0, count: year)
        var counts = Array(repeating: 0.0, count: year)
        for (number, temperature) in temperatures.sorted(by: { $0.key < $1.key }) {
            sums[place(number)] += degrees(temperature)
            counts[place(number)] += 1
        }
        return (0..<year).map { day in
            let near = (day - reach...day + reach).map { ($0 + year) % year }
            let count = near.reduce(0) { $0 + counts[$1] }
            return count > 0 ? near.reduce(0) { $0 + sums[$1] } / count : .nan
        }
    }

    /// Sums of a regression of the steps of use on those of heating and cooling.
    private struct Steps {
        private(set) var count = 0
        private var heatingSquares = 0.0
        private var coolingSquares = 0.0
        private var product = 0.0
        private var heatingUse = 0.0
        private var coolingUse = 0.0

        mutating func add(use: Double, heating: Double, cooling: Double) {
            count += 1
            heatingSquares += heating * heating
            coolingSquares += cooling * cooling
            product += heating * cooling
            heatingUse += heating * use
            coolingUse += cooling * use
        }

        /// Use never falls with heating or cooling: a slope below zero is none.
        func slopes(drawnBy: Double) -> (heating: Double, cooling: Double) {
            let (first, second) = (heatingSquares + drawnBy, coolingSquares + drawnBy)
            let determinant = first * second - product * product
            return (
                max(0, (second * heatingUse - product * coolingUse) / determinant),
                max(0, (first * coolingUse - product * heatingUse) / determinant)
            )
        }
    }
}
