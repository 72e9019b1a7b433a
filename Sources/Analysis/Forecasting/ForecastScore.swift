/// How good forecasts were, over many homes and months, at one day of the month.
package struct ForecastScore: Hashable, Sendable {
    /// What was said of one month of one home, in kilowatt-hours.
    package struct Answer: Sendable {
        let household: Int
        let mean: Double
        let low: Double
        let median: Double
        let high: Double
        let came: Double

        package init(household: Int, mean: Double, low: Double, median: Double, high: Double, came: Double) {
            self.household = household
            self.mean = mean
            self.low = low
            self.median = median
            self.high = high
            self.came = came
        }
    }

    /// Sum of errors over the sum of what came.
    package let wape: Double
    /// Of the 10, 50 and 90 % quantiles, likewise (R. Koenker, G. Bassett, 1978).
    package let pinball: Double
    /// The same for each home, then the mean of the homes.
    package let homeError: Double
    package let homePinball: Double
    package let bias: Double
    /// The share of months that came within 10 and 90 %.
    package let coverage: Double
    package let width: Double

    package init(of answers: [Answer]) {
        let came = answers.reduce(0) { $0 + $1.came }
        func share(_ figure: (Answer) -> Double) -> Double { answers.reduce(0) { $0 + figure($1) } / came }
        wape = share { abs($0.mean - $0.came) }
        pinball = share(Self.pinball)
        bias = share { $0.mean - $0.came }
        width = share { $0.high - $0.low }
        coverage = Double(answers.count { $0.low <= $0.came && $0.came <= $0.high }) / Double(answers.count)
        let homes = Dictionary(grouping: answers, by: \.household).sorted { $0.key < $1.key }.map(\.value)
        func homeMean(_ figure: (Answer) -> Double) -> Double {
            homes.reduce(0) { sum, home in
                sum + home.reduce(0) { $0 + figure($1) } / home.reduce(0) { $0 + $1.came }
            } / Double(homes.count)
        }
        homeError = homeMean { abs($0.mean - $0.came) }
        homePinball = homeMean(Self.pinball)
    }

    private static func pinball(_ answer: Answer) -> Double {
        [(0.1, answer.low), (0.5, answer.median), (0.9, answer.high)].reduce(0) { sum, quantile in
            let error = answer.came - quantile.1
            return sum + max(quantile.0 * error, (quantile.0 - 1) * error)
        } / 3
    }
}
