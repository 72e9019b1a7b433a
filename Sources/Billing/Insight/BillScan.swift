import Metering

/// The unrounded bill as a function of whole units, with its jumps found by halving what is not straight.
struct BillScan {
    private let tariff: Tariff
    private let terms: BillTerms
    private let shape: MeteredConsumption
    /// The unit of which the tariff bills whole numbers, else a kilowatt-hour.
    let unit: Energy
    private var costs: [Int64: Amount] = [:]
    /// What the energy of the periods, shared out in whole milliwatt-hours, may move a bill by.
    private static let noise = Amount(femtos: Amount.one / 10_000)

    private let least: Amount

    /// - Parameter least: jumps below it are passed over.
    init(_ tariff: Tariff, _ terms: BillTerms, shape: MeteredConsumption, least: Amount) {
        self.least = max(least, Self.noise)
        self.tariff = tariff
        self.terms = terms
        self.shape = shape
        let step = tariff.rounding.quantity.map { Energy(milliwattHours: $0.step.billionths / 1000) }
        unit = step.map { max($0, Energy(milliwattHours: 1)) } ?? .kilowattHours(1)
    }

    /// The last whole unit before the first jump upward, and its height beyond the price of the unit itself.
    mutating func firstJump(from first: Energy, to end: Energy) throws -> (last: Energy, jump: Amount)? {
        let low = first.milliwattHours / unit.milliwattHours
        let high = end.milliwattHours / unit.milliwattHours + 1
        guard let found = try firstJump(low, high) else { return nil }
        return (Energy(milliwattHours: found.unit * unit.milliwattHours), found.jump)
    }

    private mutating func firstJump(_ low: Int64, _ high: Int64) throws -> (unit: Int64, jump: Amount)? {
        if high - low == 1 { return try jump(at: low).map { (low, $0) } }
        if try isStraight(low, high) { return nil }
        let middle = (low + high) / 2
        return try firstJump(low, middle) ?? firstJump(middle, high)
    }

    private mutating func isStraight(_ low: Int64, _ high: Int64) throws -> Bool {
        let middle = (low + high) / 2
        let slope = try rise(low)
        let slopes = [try rise(middle), try rise(high - 1)]
        let whole = try cost(high) - cost(low)
        return slopes.allSatisfy { isNear($0, slope) } && isNear(whole, slope * Fraction(high - low))
    }

    private mutating func jump(at unit: Int64) throws -> Amount? {
        let before = unit > 0 ? try rise(unit - 1) : nil
        let after = try rise(unit + 1)
        let jump = try rise(unit) - (before.map { max($0, after) } ?? after)
        return jump > least ? jump : nil
    }

    private func isNear(_ left: Amount, _ right: Amount) -> Bool {
        let difference = left - right
        return difference <= Self.noise && -difference <= Self.noise
    }

    private mutating func rise(_ unit: Int64) throws -> Amount {
        try cost(unit + 1) - cost(unit)
    }

    private mutating func cost(_ units: Int64) throws -> Amount {
        if let known = costs[units] { return known }
        let energy = Energy(milliwattHours: units * unit.milliwattHours)
        let cost = try tariff.exactCost(of: shape.scaled(to: energy), terms)
        costs[units] = cost
        return cost
    }
}
