/// One rate, or one for each value of something that is known when the bill is made.
package indirect enum RateTable: Hashable, Sendable {
    case rate(Rate)
    /// The sources do not give it: a bill that needs it is refused.
    case unknown
    /// The account tells it, as a decimal input.
    case told(input: String)
    case by(Dimension, [String: RateTable])

    package enum Dimension: Hashable, Sendable {
        case input(String)
        case season
        case timeOfUse
        /// Months of the bill: "1", "2".
        case months
    }

    /// Whether the rate depends on the hour.
    var dependsOnTimeOfUse: Bool {
        depends(on: .timeOfUse)
    }

    /// Whether a rate of the table is chosen by the dimension.
    func depends(on dimension: Dimension) -> Bool {
        guard case .by(let own, let rates) = self else { return false }
        return own == dimension || rates.values.contains { $0.depends(on: dimension) }
    }

    /// Every rate that stands in the table.
    var rates: [Rate] {
        switch self {
        case .rate(let rate): [rate]
        case .unknown, .told: []
        case .by(_, let rates): rates.values.flatMap(\.rates)
        }
    }
}
